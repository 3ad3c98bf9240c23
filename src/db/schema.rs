//! The tables as diesel sees them; a test compares them with both back ends.

diesel::table! {
    #[allow(missing_docs)]
    people (id) {
        id -> BigInt,
        email -> Text,
        name -> Text,
        name_sort -> Text,
        role -> Text,
        password_hash -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    sign_ins (id) {
        id -> BigInt,
        person_id -> BigInt,
        token_hash -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    invitations (id) {
        id -> BigInt,
        person_id -> Nullable<BigInt>,
        token_hash -> Text,
        created_by -> Nullable<BigInt>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    failed_sign_ins (id) {
        id -> BigInt,
        email -> Text,
        address -> Text,
        failed_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    audit_entries (id) {
        id -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<BigInt>,
        actor_name -> Text,
        verb -> Text,
        subject_id -> Nullable<BigInt>,
        detail -> Text,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    patients (id) {
        id -> BigInt,
        physio_id -> BigInt,
        sore_side -> Text,
        goal -> Text,
        created_by -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    baselines (id) {
        id -> BigInt,
        patient_id -> BigInt,
        asked_on -> Date,
        pain -> Integer,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    screenings (id) {
        id -> BigInt,
        patient_id -> BigInt,
        asked_in -> Text,
        flags -> Text,
        note -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
        contraindications -> Nullable<Text>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    clearances (screening_id) {
        screening_id -> BigInt,
        reason -> Text,
        cleared_by -> BigInt,
        cleared_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    assessments (id) {
        id -> BigInt,
        patient_id -> BigInt,
        conditions -> Text,
        painful -> Nullable<Text>,
        lingering -> Nullable<Text>,
        morning -> Nullable<Text>,
        stiff -> Nullable<Text>,
        note -> Text,
        recorded_by -> BigInt,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    plans (id) {
        id -> BigInt,
        patient_id -> BigInt,
        created_by -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    programmes (id) {
        id -> BigInt,
        name -> Text,
        audience -> Text,
        purpose -> Text,
        shared -> Bool,
        copied_from -> Text,
        created_by -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    programme_archivals (id) {
        id -> BigInt,
        programme_id -> BigInt,
        archived -> Bool,
        set_by -> BigInt,
        set_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    phases (id) {
        id -> BigInt,
        plan_id -> Nullable<BigInt>,
        position -> Integer,
        name -> Text,
        purpose -> Text,
        exit_criteria -> Text,
        programme_id -> Nullable<BigInt>,
        stage -> Nullable<Text>,
        entry -> Text,
        exit -> Text,
        programme -> Text,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    prescriptions (id) {
        id -> BigInt,
        phase_id -> BigInt,
        position -> Integer,
        exercise -> Text,
        sets -> Integer,
        work -> Text,
        amount -> Integer,
        hold -> Nullable<Integer>,
        rest -> Nullable<Integer>,
        side -> Text,
        times -> Integer,
        per -> Text,
        load -> Text,
        note -> Text,
        weekdays -> Text,
        tempo -> Nullable<Text>,
        with_previous -> Bool,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    steps (id) {
        id -> BigInt,
        plan_id -> Nullable<BigInt>,
        programme_id -> Nullable<BigInt>,
        revision -> Integer,
        words -> Text,
        before -> Text,
        seen -> Nullable<Integer>,
        undoes -> Nullable<Integer>,
        made_by -> BigInt,
        made_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    publications (id) {
        id -> BigInt,
        plan_id -> BigInt,
        version -> Integer,
        content -> Text,
        reason -> Text,
        published_by -> BigInt,
        published_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    overrides (id) {
        id -> BigInt,
        plan_id -> BigInt,
        prescription_id -> BigInt,
        exercise -> Text,
        rule -> Text,
        stage -> Text,
        warning -> Text,
        reason -> Text,
        overridden_by -> BigInt,
        overridden_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    plan_states (id) {
        id -> BigInt,
        plan_id -> BigInt,
        state -> Text,
        phase_id -> BigInt,
        reason -> Text,
        set_by -> BigInt,
        set_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    sessions (id) {
        id -> BigInt,
        patient_id -> BigInt,
        plan_id -> BigInt,
        version -> Integer,
        done_on -> Date,
        ordinal -> Integer,
        pain_during -> Nullable<Integer>,
        pain_after -> Nullable<Integer>,
        effort -> Nullable<Integer>,
        note -> Text,
        created_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    set_logs (id) {
        id -> BigInt,
        session_id -> BigInt,
        prescription_id -> BigInt,
        plan_id -> BigInt,
        version -> Integer,
        set_number -> Integer,
        side -> Text,
        done -> Bool,
        amount -> Nullable<Integer>,
        logged_at -> Timestamp,
        hold -> Nullable<Integer>,
        load -> Nullable<Text>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    skips (id) {
        id -> BigInt,
        session_id -> BigInt,
        prescription_id -> BigInt,
        plan_id -> BigInt,
        version -> Integer,
        reason -> Text,
        note -> Text,
        logged_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    check_ins (id) {
        id -> BigInt,
        patient_id -> BigInt,
        asked_on -> Date,
        pain -> Nullable<Integer>,
        stiffness -> Nullable<Text>,
        settled -> Nullable<Text>,
        limp -> Nullable<Text>,
        night_pain -> Nullable<Text>,
        note -> Text,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    corrections (id) {
        id -> BigInt,
        patient_id -> BigInt,
        about -> Text,
        about_day -> Date,
        was -> Text,
        became -> Text,
        corrected_by -> BigInt,
        corrected_at -> Timestamp,
        ordinal -> Nullable<Integer>,
        prescription_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    exercise_notes (id) {
        id -> BigInt,
        session_id -> BigInt,
        prescription_id -> BigInt,
        plan_id -> BigInt,
        version -> Integer,
        words -> Text,
        written_at -> Timestamp,
        pain -> Nullable<Integer>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    questions (id) {
        id -> BigInt,
        article -> Text,
        words -> Text,
        email -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    answers (id) {
        id -> BigInt,
        question_id -> BigInt,
        wording -> Text,
        words -> Text,
        answered_by -> BigInt,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    withdrawals (answer_id) {
        answer_id -> BigInt,
        reason -> Text,
        withdrawn_by -> BigInt,
        withdrawn_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    refusals (question_id) {
        question_id -> BigInt,
        reason -> Text,
        refused_by -> BigInt,
        refused_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    appointment_requests (id) {
        id -> BigInt,
        name -> Text,
        telephone -> Text,
        email -> Text,
        about -> Text,
        times -> Text,
        flags -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    appointment_replies (id) {
        id -> BigInt,
        request_id -> BigInt,
        note -> Text,
        replied_by -> BigInt,
        replied_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    views (article, day) {
        article -> Text,
        day -> Date,
        times -> BigInt,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    own_exercises (id) {
        id -> BigInt,
        slug -> Text,
        source -> Nullable<Text>,
        source_key -> Nullable<Text>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    exercise_revisions (id) {
        id -> BigInt,
        exercise_id -> BigInt,
        number -> Integer,
        text -> Text,
        written_by -> Nullable<BigInt>,
        written_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    exercise_archivals (id) {
        id -> BigInt,
        exercise_id -> BigInt,
        archived -> Bool,
        set_by -> BigInt,
        set_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    favourites (person_id, exercise) {
        person_id -> BigInt,
        exercise -> Text,
        marked_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    usual_doses (person_id, exercise) {
        person_id -> BigInt,
        exercise -> Text,
        sets -> Integer,
        work -> Text,
        amount -> Integer,
        hold -> Nullable<Integer>,
        rest -> Nullable<Integer>,
        side -> Text,
        times -> Integer,
        per -> Text,
        load -> Text,
        note -> Text,
        set_at -> Timestamp,
        weekdays -> Text,
        tempo -> Nullable<Text>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    media (id) {
        id -> BigInt,
        format -> Text,
        file -> Text,
        bytes -> Integer,
        thumbnail -> Nullable<Text>,
        thumbnail_bytes -> Integer,
        width -> Integer,
        height -> Integer,
        seconds -> Nullable<Integer>,
        words -> Text,
        patient_id -> Nullable<BigInt>,
        still_id -> Nullable<BigInt>,
        added_by -> BigInt,
        added_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    receipts (patient_id, key) {
        patient_id -> BigInt,
        key -> Text,
        arrived_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    threads (id) {
        id -> BigInt,
        patient_id -> BigInt,
        subject -> Text,
        begun_at -> Timestamp,
        waits_since -> Nullable<Timestamp>,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    messages (id) {
        id -> BigInt,
        thread_id -> BigInt,
        kind -> Text,
        words -> Text,
        written_by -> BigInt,
        written_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    message_readings (thread_id, person_id, message_id) {
        thread_id -> BigInt,
        person_id -> BigInt,
        message_id -> BigInt,
        read_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    change_requests (id) {
        id -> BigInt,
        plan_id -> BigInt,
        version -> Integer,
        prescription_id -> Nullable<BigInt>,
        about -> Text,
        matter -> Text,
        words -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    change_answers (request_id) {
        request_id -> BigInt,
        words -> Text,
        answered_by -> BigInt,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    measurements (id) {
        id -> BigInt,
        patient_id -> BigInt,
        test -> Text,
        measured_on -> Date,
        note -> Text,
        entered_by -> BigInt,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    measured_values (id) {
        id -> BigInt,
        measurement_id -> BigInt,
        measure -> Text,
        side -> Text,
        value -> Nullable<Integer>,
        words -> Text,
        counts -> Bool,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    struck_measurements (measurement_id) {
        measurement_id -> BigInt,
        reason -> Text,
        struck_by -> BigInt,
        struck_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    bone_stress_exclusions (id) {
        id -> BigInt,
        patient_id -> BigInt,
        excluded -> Text,
        words -> Text,
        decided_by -> BigInt,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    activities (id) {
        id -> BigInt,
        patient_id -> BigInt,
        words -> Text,
        chosen_by -> BigInt,
        chosen_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    activity_ends (activity_id) {
        activity_id -> BigInt,
        reason -> Text,
        ended_by -> BigInt,
        ended_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    activity_scores (id) {
        id -> BigInt,
        activity_id -> BigInt,
        scored_on -> Date,
        score -> Integer,
        scored_by -> BigInt,
        scored_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    felt_changes (id) {
        id -> BigInt,
        patient_id -> BigInt,
        felt_on -> Date,
        step -> Integer,
        words -> Text,
        said_by -> BigInt,
        said_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    paper_scores (id) {
        id -> BigInt,
        patient_id -> BigInt,
        name -> Text,
        part -> Text,
        done_on -> Date,
        tenths -> Integer,
        most_tenths -> Integer,
        entered_by -> BigInt,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    struck_paper_scores (paper_score_id) {
        paper_score_id -> BigInt,
        reason -> Text,
        struck_by -> BigInt,
        struck_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    experiments (id) {
        id -> BigInt,
        patient_id -> BigInt,
        side -> Text,
        ordering -> Text,
        probes -> Text,
        words -> Text,
        begun_on -> Date,
        begun_by -> BigInt,
        begun_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    experiment_readings (id) {
        id -> BigInt,
        experiment_id -> BigInt,
        moment -> Text,
        taken_on -> Date,
        left_angle -> Nullable<Integer>,
        right_angle -> Nullable<Integer>,
        back_flat -> Nullable<Text>,
        tightness -> Nullable<Integer>,
        pain -> Nullable<Integer>,
        left_bridge -> Nullable<Integer>,
        right_bridge -> Nullable<Integer>,
        left_plank -> Nullable<Integer>,
        right_plank -> Nullable<Integer>,
        entered_by -> BigInt,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    experiment_decisions (id) {
        id -> BigInt,
        experiment_id -> BigInt,
        about -> Text,
        chosen -> Text,
        words -> Text,
        decided_by -> BigInt,
        decided_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    experiment_ends (experiment_id) {
        experiment_id -> BigInt,
        outcome -> Text,
        reason -> Text,
        ended_by -> BigInt,
        ended_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    runs (session_id) {
        session_id -> BigInt,
        level -> Nullable<Integer>,
        seconds -> Nullable<Integer>,
        longest -> Nullable<Integer>,
        surface -> Nullable<Text>,
        incline -> Nullable<Integer>,
        climb -> Nullable<Integer>,
        pace -> Nullable<Integer>,
        speed_reps -> Nullable<Integer>,
        walked_home -> Bool,
        logged_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    ladders (id) {
        id -> BigInt,
        name -> Text,
        levels -> Text,
        made_by -> BigInt,
        made_at -> Timestamp,
        changed_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    ladder_archivals (id) {
        id -> BigInt,
        ladder_id -> BigInt,
        archived -> Bool,
        set_by -> BigInt,
        set_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    ladder_words (id) {
        id -> BigInt,
        patient_id -> BigInt,
        word -> Text,
        ladder -> Text,
        levels -> Text,
        level -> Nullable<Integer>,
        reason -> Text,
        said_by -> BigInt,
        said_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    readiness_ticks (id) {
        id -> BigInt,
        patient_id -> BigInt,
        item -> Text,
        met -> Bool,
        words -> Text,
        ticked_by -> BigInt,
        ticked_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    proposal_answers (id) {
        id -> BigInt,
        patient_id -> BigInt,
        plan_id -> BigInt,
        version -> Integer,
        about -> Text,
        about_id -> BigInt,
        rule -> Text,
        fingerprint -> Text,
        name -> Text,
        evidence -> Text,
        change -> Text,
        answer -> Text,
        reason -> Text,
        answered_by -> BigInt,
        answered_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    confirmations (id) {
        id -> BigInt,
        patient_id -> BigInt,
        plan_id -> BigInt,
        phase_id -> BigInt,
        criterion -> Text,
        holds -> Bool,
        confirmed_by -> BigInt,
        confirmed_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    record_changes (patient_id) {
        patient_id -> BigInt,
        number -> BigInt,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    needs (patient_id) {
        patient_id -> BigInt,
        part -> Integer,
        rank -> Integer,
        since -> Date,
        light -> Text,
        reason -> Text,
        proof -> Text,
        thread_id -> Nullable<BigInt>,
        others -> Text,
        marks -> Text,
        seen_by -> Text,
        seen_at -> Nullable<Timestamp>,
        snoozed_until -> Nullable<Date>,
        number -> BigInt,
        reckoned_on -> Date,
        rules -> Integer,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    sightings (id) {
        id -> BigInt,
        patient_id -> BigInt,
        marks -> Text,
        seen_by -> BigInt,
        seen_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    snoozes (id) {
        id -> BigInt,
        patient_id -> BigInt,
        until -> Date,
        reason -> Text,
        snoozed_by -> BigInt,
        snoozed_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    reviews (id) {
        id -> BigInt,
        patient_id -> BigInt,
        from_day -> Date,
        to_day -> Date,
        seen -> Text,
        decision -> Text,
        reason -> Text,
        told -> Text,
        next_on -> Nullable<Date>,
        numbers -> Text,
        marks -> Text,
        reviewed_by -> BigInt,
        reviewed_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    clinical_notes (id) {
        id -> BigInt,
        patient_id -> BigInt,
        subjective -> Text,
        objective -> Text,
        assessment -> Text,
        plan -> Text,
        written_by -> BigInt,
        written_at -> Timestamp,
        changed_at -> Timestamp,
        revision -> Integer,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    note_signatures (note_id) {
        note_id -> BigInt,
        signed_by -> BigInt,
        signed_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    note_addenda (id) {
        id -> BigInt,
        note_id -> BigInt,
        words -> Text,
        added_by -> BigInt,
        added_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    goals (id) {
        id -> BigInt,
        patient_id -> BigInt,
        words -> Text,
        target_on -> Nullable<Date>,
        set_by -> BigInt,
        set_at -> Timestamp,
    }
}

diesel::table! {
    #[allow(missing_docs)]
    goal_endings (goal_id) {
        goal_id -> BigInt,
        outcome -> Text,
        reason -> Text,
        ended_by -> BigInt,
        ended_at -> Timestamp,
    }
}

diesel::joinable!(exercise_revisions -> own_exercises (exercise_id));
diesel::joinable!(exercise_archivals -> own_exercises (exercise_id));
diesel::joinable!(answers -> questions (question_id));
diesel::joinable!(withdrawals -> answers (answer_id));
diesel::joinable!(refusals -> questions (question_id));
diesel::joinable!(appointment_replies -> appointment_requests (request_id));
diesel::joinable!(messages -> threads (thread_id));
diesel::joinable!(measured_values -> measurements (measurement_id));
diesel::joinable!(struck_measurements -> measurements (measurement_id));
diesel::joinable!(activity_ends -> activities (activity_id));
diesel::joinable!(activity_scores -> activities (activity_id));
diesel::joinable!(struck_paper_scores -> paper_scores (paper_score_id));
diesel::joinable!(experiment_readings -> experiments (experiment_id));
diesel::joinable!(experiment_decisions -> experiments (experiment_id));
diesel::joinable!(experiment_ends -> experiments (experiment_id));

diesel::allow_tables_to_appear_in_same_query!(
    people,
    sign_ins,
    invitations,
    failed_sign_ins,
    audit_entries,
    patients,
    baselines,
    screenings,
    clearances,
    assessments,
    plans,
    programmes,
    programme_archivals,
    phases,
    prescriptions,
    steps,
    publications,
    overrides,
    plan_states,
    sessions,
    set_logs,
    skips,
    check_ins,
    corrections,
    exercise_notes,
    questions,
    answers,
    withdrawals,
    refusals,
    appointment_requests,
    appointment_replies,
    threads,
    messages,
    message_readings,
    views,
    own_exercises,
    exercise_revisions,
    exercise_archivals,
    favourites,
    usual_doses,
    media,
    receipts,
    change_requests,
    change_answers,
    proposal_answers,
    confirmations,
    measurements,
    measured_values,
    struck_measurements,
    bone_stress_exclusions,
    activities,
    activity_ends,
    activity_scores,
    felt_changes,
    paper_scores,
    struck_paper_scores,
    experiments,
    experiment_readings,
    experiment_decisions,
    experiment_ends,
    runs,
    ladders,
    ladder_archivals,
    ladder_words,
    readiness_ticks,
    record_changes,
    needs,
    sightings,
    snoozes,
    reviews,
    clinical_notes,
    note_signatures,
    note_addenda,
    goals,
    goal_endings,
);
