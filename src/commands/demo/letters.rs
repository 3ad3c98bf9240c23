//! What the invented patients and the invented clinic write to each other.

use chrono::{NaiveDateTime, TimeDelta};

use super::people::{PATIENTS, Situation};
use crate::clock::Clock;
use crate::db::Conn;
use crate::error::AppError;
use crate::ids::{MessageId, PatientId, PersonId, ThreadId};
use crate::messages::threads::{self, Kind, NewMessage};

/// One conversation, as it went.
struct Letters {
    situation: Situation,
    subject: &'static str,
    /// Who writes, how many hours ago, and the words; a place in the staff stands for somebody of the clinic.
    messages: &'static [(Kind, usize, i64, &'static str)],
    /// How many of the messages the patient has read, and how many the clinic.
    read: (usize, usize),
}

const CLEO: usize = 1;
const DAN: usize = 2;
const PATIENT: usize = 0;

const LETTERS: &[Letters] = &[
    Letters {
        situation: Situation::DoingWell,
        subject: "The half-kneeling stretch",
        messages: &[
            (Kind::Patient, PATIENT, 74, "My knee hurts on the floor when I do the stretch. Is that meant to be so?"),
            (
                Kind::Answer,
                CLEO,
                71,
                "No, the knee should feel nothing.\n\n- Put a folded towel under it.\n- Hold on to a chair, so that less weight is on it.\n\nIf it \
                 still hurts, leave the stretch out and tell me.",
            ),
            (Kind::Patient, PATIENT, 50, "The towel does it. Thank you!"),
            (Kind::Answer, CLEO, 3, "Good to hear. Then stay with it, and we look at it together next week."),
        ],
        read: (3, 4),
    },
    Letters {
        situation: Situation::Patchy,
        subject: "Which days?",
        messages: &[(
            Kind::Patient,
            PATIENT,
            20,
            "I work late on Tuesdays and Thursdays and am too tired then. Is it all right to do two sessions at the weekend instead?",
        )],
        read: (1, 0),
    },
    Letters {
        situation: Situation::BetweenPhases,
        subject: "Dancing",
        messages: &[
            (Kind::Patient, PATIENT, 52, "The wedding is in five weeks. From when on may I practise the slow dances?"),
            (Kind::Answer, CLEO, 47, "Very soon. First I want to see how the new phase goes. How long do you usually dance for?"),
            (Kind::Patient, PATIENT, 44, "About twenty minutes, with breaks. Mostly small steps."),
        ],
        read: (3, 3),
    },
    Letters {
        situation: Situation::Paused,
        subject: "My holiday",
        messages: &[
            (Kind::Patient, PATIENT, 200, "I fly on Saturday and am back in two weeks. Shall I take the band with me?"),
            (Kind::Answer, DAN, 196, "No need. Walk as much as you like, and leave the exercises until you are back."),
            (
                Kind::Closing,
                DAN,
                195,
                "Have a good time. I am away next week: if something comes up, write a new message and Cleo will answer.",
            ),
        ],
        read: (3, 3),
    },
];

/// Writes four conversations: one with a new answer, two that wait for one, one that is closed. The patients are those of
/// [`PATIENTS`], in their order.
pub fn write(conn: &mut Conn, patients: &[PatientId], staff: &[PersonId], clock: &Clock) -> Result<(), AppError> {
    for letters in LETTERS {
        let place = PATIENTS.iter().position(|patient| patient.situation == letters.situation);
        let patient = place.and_then(|place| patients.get(place)).copied().ok_or(AppError::NotFound)?;
        let physio = staff.get(place.and_then(|place| PATIENTS.get(place)).map_or(0, |patient| patient.physio));
        converse(conn, letters, patient, physio.copied().ok_or(AppError::NotFound)?, staff, clock.now())?;
    }
    Ok(())
}

fn converse(
    conn: &mut Conn,
    letters: &Letters,
    patient: PatientId,
    physio: PersonId,
    staff: &[PersonId],
    now: NaiveDateTime,
) -> Result<(), AppError> {
    let mut thread: Option<ThreadId> = None;
    for (number, (kind, writer, hours, words)) in letters.messages.iter().enumerate() {
        let at = now - TimeDelta::hours(*hours);
        let by = if *kind == Kind::Patient { patient.into() } else { staff.get(*writer).copied().ok_or(AppError::NotFound)? };
        let new = NewMessage { kind: *kind, words, by, now: at };
        let (id, message) = match thread {
            None => {
                let (id, _) = threads::begin(conn, patient, letters.subject, &new)?;
                (id, threads::one(conn, id, None)?.newest())
            }
            Some(id) => (id, threads::add(conn, id, &new)?),
        };
        thread = Some(id);
        mark(conn, id, message, (number < letters.read.0).then_some(patient.into()), at)?;
        mark(conn, id, message, (number < letters.read.1).then_some(physio), at)?;
    }
    Ok(())
}

/// Somebody has read it an hour after it was written.
fn mark(conn: &mut Conn, thread: ThreadId, message: MessageId, who: Option<PersonId>, at: NaiveDateTime) -> Result<(), AppError> {
    who.map_or(Ok(()), |person| threads::mark_read(conn, thread, message, person, at + TimeDelta::hours(1)))
}
