//! The command line of the clinic: reads it, builds the settings, calls one function.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use hip_clinic::commands::demo::Crowd;
use hip_clinic::config::{self, Clinic, Config};
use hip_clinic::exercises::collection::Format;
use hip_clinic::{commands, log};

/// A website for a physiotherapy clinic: articles, exercise plans, an honest diary, and a physio's desk.
#[derive(Parser)]
#[command(name = "hip-clinic", version)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Args)]
struct Settings {
    /// Address and port to listen on
    #[arg(long, env = "LISTEN", default_value = "127.0.0.1:8080", global = true, value_name = "ADDRESS")]
    listen: String,
    /// Where people reach the site: https, or http on this machine [default: "http://" and the address listened on]
    #[arg(long, env = "BASE_URL", global = true, value_name = "URL")]
    base_url: Option<String>,
    /// The database: `sqlite://path` or `postgres://user:password@host/name` [default: `sqlite://data/clinic.db`; the demo keeps its own]
    #[arg(long, env = "DATABASE_URL", global = true, value_name = "URL", hide_env_values = true)]
    database_url: Option<String>,
    /// Folder for files the program keeps
    #[arg(long, env = "DATA_DIR", default_value = "data", global = true, value_name = "FOLDER")]
    data_dir: PathBuf,
    /// Room for photos and films in that folder, like 500 MB or 2 GB
    #[arg(long, env = "MEDIA_QUOTA", default_value = "2 GB", global = true, value_name = "SIZE")]
    media_quota: String,
    /// Folder with the clinic's own articles, exercises, glossary and pictures; the same name replaces what the program brings
    #[arg(long, env = "ARTICLES_DIR", global = true, value_name = "FOLDER")]
    articles_dir: Option<PathBuf>,
    /// The clinic's identity: name, address, telephone, e-mail, emergency number, time zone, opening hours, team
    #[arg(long, env = "CLINIC_FILE", default_value = "clinic.toml", global = true, value_name = "FILE")]
    clinic_file: PathBuf,
    /// How much to log: error, warn, info, debug or trace
    #[arg(long, env = "LOG", default_value = "info", global = true, value_name = "LEVEL")]
    log: String,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the clinic (the default)
    Serve,
    /// Serve a complete demo clinic with invented people, on this machine only
    Demo {
        /// Begin with new data instead of what an earlier demo left
        #[arg(long, env = "DEMO_FRESH")]
        fresh: bool,
        /// Add a crowd of so many patients to new data, to see how the pages hold; takes a while
        #[arg(long, env = "DEMO_PATIENTS", value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=10_000))]
        patients: Option<u32>,
        /// Years of diary each of the crowd has
        #[arg(long, env = "DEMO_YEARS", value_name = "NUMBER", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=5))]
        years: u8,
    },
    /// Accounts of the clinic's staff
    Staff {
        #[command(subcommand)]
        command: StaffCommand,
    },
    /// Write a consistent copy of the embedded database to a new file
    Backup {
        /// The file to write
        #[arg(env = "BACKUP_FILE")]
        file: PathBuf,
    },
    /// Bring in what other programs wrote
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Write what the clinic made in an open form
    Export {
        #[command(subcommand)]
        command: ExportCommand,
    },
    /// Check the content and the settings, and print how each page stands: reading grade, length, review
    Check {
        /// An overdue review is a failure, too
        #[arg(long, env = "CHECK_STRICT")]
        strict: bool,
    },
}

#[derive(Subcommand)]
enum ImportCommand {
    /// Take exercises of a public collection, or exported ones, into the clinic's own; a second time changes nothing
    Exercises {
        /// The files, or a folder of exported ones
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// What the files are: `free-exercise-db`, `wger` (pages of /api/v2/exerciseinfo/) or `hip-clinic` (exported files)
        #[arg(long, env = "IMPORT_FORMAT", value_parser = commands::format)]
        format: Format,
        /// Say what would be done, and write nothing
        #[arg(long, env = "IMPORT_DRY_RUN")]
        dry_run: bool,
    },
}

#[derive(Subcommand)]
enum ExportCommand {
    /// Write the clinic's own exercises, a file each, into a folder
    Exercises {
        /// The folder; it is made when it is not there
        #[arg(env = "EXPORT_FOLDER")]
        folder: PathBuf,
    },
}

#[derive(Subcommand)]
enum StaffCommand {
    /// Add a physio or an owner and print a one-time link to choose a password
    Add {
        /// Their name
        #[arg(long, env = "STAFF_NAME")]
        name: String,
        /// Their e-mail address
        #[arg(long, env = "STAFF_EMAIL")]
        email: String,
        /// May also administer the clinic
        #[arg(long, env = "STAFF_OWNER")]
        owner: bool,
    },
}

/// Where the clinic keeps its data unless told otherwise.
const DEFAULT_DATABASE: &str = "sqlite://data/clinic.db";

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("hip-clinic: {words}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<(), String> {
    let Settings { listen, base_url, database_url, data_dir, media_quota, articles_dir, clinic_file, log: level } = cli.settings;
    log::begin(config::log_level(&level)?);
    let listen = config::listen(&listen)?;
    let media_quota = config::media_quota(&media_quota)?;
    if let Some(Command::Demo { fresh, patients, years }) = cli.command {
        let crowd = patients.map(|patients| Crowd { patients, years });
        return commands::demo(listen, base_url.as_deref(), database_url, data_dir, articles_dir, (fresh, crowd));
    }
    let database_url = database_url.unwrap_or_else(|| DEFAULT_DATABASE.to_owned());
    let config = Config::new(listen, base_url.as_deref(), database_url, data_dir, Clinic::load(&clinic_file)?)?;
    let config = config.with_articles(articles_dir).with_media_quota(media_quota);
    match cli.command {
        None | Some(Command::Serve) => commands::serve(&config, &clinic_file),
        Some(Command::Staff { command: StaffCommand::Add { name, email, owner } }) => commands::add_staff(&config, &name, &email, owner),
        Some(Command::Import { command: ImportCommand::Exercises { files, format, dry_run } }) => {
            commands::import_exercises(&config, &files, format, dry_run)
        }
        Some(Command::Export { command: ExportCommand::Exercises { folder } }) => commands::export_exercises(&config, &folder),
        Some(Command::Backup { file }) => commands::backup(&config, &file),
        Some(Command::Check { strict }) => commands::check(&config, &clinic_file, strict),
        Some(Command::Demo { .. }) => Ok(()),
    }
}
