#include "app/cli/train_arguments.h"

#include <CLI/CLI.hpp>
#include <sstream>

#include "core/api/options.h"
#include "core/api/options_markdown.h"
#include "core/project/yaml_file.h"

namespace likeness {
namespace {

std::string optionsHelp() {
  std::ostringstream text;
  text << "Training options, for --set, --config and project.yaml:\n";
  for (const auto& option : trainOptions()) {
    const auto value = option.get({});
    text << "  " << option.name << " = " << (value.empty() ? "…" : value)
         << (option.unit.empty() ? "" : " " + option.unit) << "\n      " << option.summary << '\n';
  }
  return text.str();
}

}  // namespace

void addOptionsArguments(CLI::App& sub, bool& markdown) {
  sub.add_flag("--markdown", markdown,
               "As the page docs/options.md, with sources and the names that other trainers use");
}

std::string optionsText(bool markdown) { return markdown ? optionsMarkdown() : optionsHelp(); }

void addTrainOptions(CLI::App& sub, TrainArguments& arguments) {
  sub.add_option("--preset", arguments.preset,
                 "quick, balanced or full, for the project's model; the rest comes over it");
  sub.add_option("--config", arguments.config, "A YAML file of training options");
  sub.add_option("--set", arguments.settings, "One training option as key=value; may be repeated")
      ->take_all()
      ->expected(1);
  sub.add_option("--steps", arguments.steps, "The same as --set steps=N");
  sub.add_option("--seed", arguments.seed, "The same as --set seed=N");
  sub.footer(optionsHelp());
}

void addTrainArguments(CLI::App& sub, TrainArguments& arguments) {
  addTrainOptions(sub, arguments);
  sub.add_flag("--resume", arguments.resume, "Go on with the newest run");
}

Result<std::vector<std::pair<std::string, std::string>>> trainOverrides(const TrainArguments& arguments) {
  std::vector<std::pair<std::string, std::string>> overrides;
  if (!arguments.config.empty()) {
    LK_TRY(overrides, readTrainOptions(arguments.config));
  }
  for (const auto& setting : arguments.settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error{ErrorCode::InvalidArgument, "\"" + setting + "\" is not a setting. Give --set name=value."};
    }
    overrides.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  if (arguments.steps) overrides.emplace_back("steps", *arguments.steps);
  if (arguments.seed) overrides.emplace_back("seed", *arguments.seed);
  TrainConfig scratch;
  LK_CHECK(applyTrainOptions(scratch, overrides));
  return overrides;
}

}  // namespace likeness
