#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/base/result.h"

namespace likeness {

/// One training option: its name in files and on the command line, and how it reads and writes a TrainConfig.
struct TrainOption {
  std::string name;     ///< snake_case, the same everywhere
  std::string unit;     ///< "steps", "px", … or empty
  std::string summary;  ///< one line of why, for people
  bool expert = false;  ///< behind the window's disclosure
  std::function<std::string(const TrainConfig&)> get;  ///< in the spelling that set() reads
  std::function<Result<void>(TrainConfig&, const std::string&)> set;
};

/// All training options in the order in which people read them. Threads: any.
[[nodiscard]] const std::vector<TrainOption>& trainOptions();

/// Sets one option from its text; an unknown name or a bad value is InvalidArgument, suggesting the nearest name or
/// saying the range. Lists (`preview_prompts`) are separated by "; ".
[[nodiscard]] Result<void> setTrainOption(TrainConfig& config, const std::string& name, const std::string& value);

/// Name → text of every option, for files and logs.
[[nodiscard]] std::map<std::string, std::string> trainOptionValues(const TrainConfig& config);

}  // namespace likeness
