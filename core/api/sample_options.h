#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/api/sample.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// One setting of a Sample: its name in recipes, in grids and, with dashes for underscores, on the command line.
struct SampleOption {
  std::string name;     ///< snake_case
  std::string value;    ///< what its value is, for help: "N", "FILE"; empty for a list of words in the summary
  std::string summary;  ///< one line, for people
  bool list = false;    ///< may be given several times; set() adds an item
  std::function<Json(const Sample&)> get;  ///< a number, a text, or an array of texts
  std::function<Result<void>(Sample&, const std::string&)> set;
};

/// All settings that a recipe keeps, in the order in which people read them. Threads: any.
[[nodiscard]] const std::vector<SampleOption>& sampleOptions();

/// The option of that name, with dashes or underscores; InvalidArgument, suggesting the nearest, when there is none.
[[nodiscard]] Result<const SampleOption*> findSampleOption(const std::string& name);

/// Sets the options in order. Of a list the first item replaces what was there, further ones are added. An unknown name
/// or a bad value is InvalidArgument, saying what is meant.
[[nodiscard]] Result<void> applySampleOptions(Sample& sample, const SettingList& settings);

/// What contradicts itself in a Sample whatever the model is, in one sentence.
[[nodiscard]] Result<void> checkSample(const Sample& sample);

}  // namespace likeness
