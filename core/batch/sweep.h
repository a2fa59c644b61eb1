#pragma once
#include <filesystem>
#include <functional>

#include "core/api/job.h"
#include "core/batch/sweep_folder.h"

namespace likeness {

/// What runs the jobs of a sweep or a queue, one after the other: an engine in any thread of the caller's.
struct BatchHost {
  std::function<Finished(const JobSpec&)> run;  ///< runs a job to its end
  std::function<void(const Notice&)> say;       ///< tells people what happens between jobs
};

/// Runs a sweep, or goes on with one that was begun: each combination of its options is a Train job in a folder of its
/// own, then its pictures are made, and in the end there are table.md, table.csv, table.json, sheet.png and, where
/// validation tells, best.yaml. With halving, runs rest at rungs and the better part goes on from its checkpoint, under
/// the schedule of all steps. A run that can't be trained (its options, memory, a loss that is no number) is noted and
/// the next goes on; anything else ends the sweep.
/// What was done is not done again, and the tables are those of an unbroken sweep but for the seconds, whatever ended
/// the former session.
/// Errors: in Finished; InvalidArgument when another program runs the sweep. Cancelled when a job is. Threads: one; the
/// host's functions are called on it.
[[nodiscard]] Finished runSweep(const Sweep& sweep, const BatchHost& host);

/// The same with a new sweep of a file, or with the newest of it. Errors: also those of createSweep and findSweep.
[[nodiscard]] Finished runSweepFile(const std::filesystem::path& file, bool resume, const BatchHost& host);

}  // namespace likeness
