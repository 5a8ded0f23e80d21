-- Processes that run jobs, each with the last sign of life by this database's own clock.
-- The jobs of a runner that went silent are given to the others: a killed process unlocks nothing itself.
create table kernel.job_runner (
  id text primary key,
  seen_at timestamptz not null
);
