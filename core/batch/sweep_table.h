#pragma once
#include <string>
#include <vector>

#include "core/batch/sweep_folder.h"

namespace likeness {

/// What a run of a sweep came to. Losses are NaN where they were not measured.
struct SweepRow {
  SweepTrial trial;
  std::string state;    ///< "finished", "left" (at a rung) or "failed"
  std::string failure;  ///< why it failed
  std::int64_t steps = 0;
  double instanceLoss = 0;        ///< mean of the last 10 steps
  double priorLoss = 0;           ///< mean of the last 10 steps
  double validationLoss = 0;      ///< the last one
  double bestValidationLoss = 0;
  std::int64_t bestStep = 0;
  double seconds = 0;  ///< spent in steps, without what comes before and between them
};

/// The rows of all runs as their records tell, best first: those with more steps where runs were left at rungs, then by
/// the best validation loss, then by number; failed ones last.
[[nodiscard]] Result<std::vector<SweepRow>> sweepRows(const Sweep& sweep);

/// True if validation says which is best.
[[nodiscard]] bool isRanked(const std::vector<SweepRow>& rows);

[[nodiscard]] std::string sweepMarkdown(const Sweep& sweep, const std::vector<SweepRow>& rows);
[[nodiscard]] std::string sweepCsv(const std::vector<SweepRow>& rows);
[[nodiscard]] std::string sweepJson(const Sweep& sweep, const std::vector<SweepRow>& rows);

}  // namespace likeness
