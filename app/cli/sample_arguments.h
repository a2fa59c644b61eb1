#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/api/sample.h"
#include "core/base/result.h"

namespace CLI {
class App;
}

namespace likeness {

/// What `sample` and `sheet` are given, for CLI11 to fill in.
struct SampleArguments {
  Sample sample;                                          ///< what is no setting of a picture: project, folders, count
  std::map<std::string, std::vector<std::string>> given;  ///< setting: its values
  std::string format = "png";
  std::string grid;
};

/// Adds the settings of core/api/sample_options.h, and what is said about writing pictures. Of `sheet` the prompts are
/// its own.
void addSampleArguments(CLI::App& sub, SampleArguments& arguments, bool sheet);

/// The job that the arguments ask for. Values are checked, and contradictions where no recipe can resolve them.
[[nodiscard]] Result<Sample> sampleOf(const SampleArguments& arguments);

}  // namespace likeness
