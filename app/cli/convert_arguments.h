#pragma once
#include <string>
#include <vector>

#include "core/api/job.h"
#include "core/base/result.h"

namespace CLI {
class App;
}

namespace likeness {

/// What `convert` is given, for CLI11 to fill in.
struct ConvertArguments {
  Convert convert;
  std::string format, ema;
  std::vector<std::string> loras;
};

void addConvertArguments(CLI::App& sub, ConvertArguments& arguments);
[[nodiscard]] Result<Convert> convertOf(const ConvertArguments& arguments);

/// --format and --dtype; `otherwise` says what happens without the latter.
void addOutputOptions(CLI::App& sub, std::string& format, std::string& dtype, const std::string& otherwise);
[[nodiscard]] ModelFormat modelFormat(const std::string& word);

}  // namespace likeness
