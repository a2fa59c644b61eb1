#include "app/cli/import_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/json.h"
#include "core/project/import_options.h"
#include "core/project/project.h"
#include "core/project/yaml_file.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

void printLines(const char* title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  std::cout << title << '\n';
  for (const auto& line : lines) std::cout << "  " << line << '\n';
}

void print(const fs::path& file, const ImportedOptions& imported, bool json) {
  if (json) {
    const Json about = {{"event", "imported"},   {"file", file.string()},     {"program", imported.program},
                        {"options", imported.options}, {"taken", imported.taken}, {"left", imported.left},
                        {"notes", imported.notes}};
    std::cout << about.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
    return;
  }
  std::cout << file.string() << ", of " << imported.program << '\n';
  printLines("Taken over:", imported.taken);
  printLines("Not taken over:", imported.left);
  printLines("For the project:", imported.notes);
}

// The last of each name counts; written so that train --config reads it.
std::string yamlOf(const std::vector<std::pair<std::string, std::string>>& options) {
  YAML::Emitter out;
  out << YAML::BeginMap;
  for (std::size_t i = 0; i < options.size(); ++i) {
    bool later = false;
    for (std::size_t k = i + 1; k < options.size(); ++k) later = later || options[k].first == options[i].first;
    if (!later) out << YAML::Key << options[i].first << YAML::Value << options[i].second;
  }
  out << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

Result<void> write(const ImportCommand& command, const std::vector<std::pair<std::string, std::string>>& options) {
  if (!command.out.empty()) {
    std::error_code ignored;
    if (fs::exists(command.out, ignored)) {
      return Error{ErrorCode::InvalidArgument, command.out.string() + " exists already. Give another name.", {},
                   command.out.string()};
    }
    LK_CHECK(writeFileAtomically(command.out, yamlOf(options)));
  }
  if (command.project.empty()) return {};
  LK_TRY(auto project, Project::open(command.project));
  return project.edit([&](ProjectFile& content) { return applyTrainOptions(content.train, options); });
}

Result<void> import(const Command& command) {
  std::vector<std::pair<std::string, std::string>> options;
  for (const auto& file : command.import->files) {
    LK_TRY(const auto imported, importOptions(file));
    print(file, imported, command.json);
    options.insert(options.end(), imported.options.begin(), imported.options.end());
  }
  LK_CHECK(write(*command.import, options));
  if (command.json) return {};
  if (!command.import->project.empty()) std::cout << "Kept with " << command.import->project.string() << ".\n";
  if (!command.import->out.empty()) std::cout << "Wrote " << command.import->out.string() << ".\n";
  if (command.import->project.empty() && command.import->out.empty()) std::cout << "\n" << yamlOf(options);
  return {};
}

}  // namespace

void addImportArguments(CLI::App& sub, ImportCommand& command) {
  sub.add_option("FILE", command.files, "TOML of sd-scripts (training, dataset) or JSON of OneTrainer")
      ->required()
      ->expected(1, 16);
  sub.add_option("--project", command.project, "Keep the options with this project");
  sub.add_option("--out", command.out, "Write them as a file for train --config");
}

int runImport(const Command& command) {
  const auto done = import(command);
  if (done.ok()) return 0;
  std::cerr << "likeness-cli: " << done.error().message << std::endl;
  return 1;
}

}  // namespace likeness
