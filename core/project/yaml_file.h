#pragma once
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/api/train_config.h"
#include "core/base/result.h"

namespace likeness {

/// Larger YAML files are refused before they are parsed.
inline constexpr std::size_t kMaxYamlBytes = 4u << 20;

/// Parses one YAML document whose top is a mapping. `file` only names it in errors.
/// Errors: Corrupt for broken YAML (with its line), several documents, double keys or another top; Unsupported for
/// anchors and aliases (a few lines of them can unfold to gigabytes), and for nesting deeper than 32. Threads: any.
[[nodiscard]] Result<YAML::Node> parseYamlMapping(const std::string& text, const std::filesystem::path& file);

/// The same from a file of at most kMaxYamlBytes.
[[nodiscard]] Result<YAML::Node> readYamlMapping(const std::filesystem::path& file);

/// Name and text of each training option in a mapping, in its order; a list becomes text separated by "; ".
/// Corrupt for values that are neither; the names are not checked.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> trainOptionsOf(
    const YAML::Node& mapping, const std::filesystem::path& file);

/// The training options of a `--config` file or a run's config.yaml: a mapping of option names, or a file that has
/// them under `training` as project.yaml does. Names and values are checked; errors name the file.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> readTrainOptions(
    const std::filesystem::path& file);

/// Sets each option; the first bad one is the error, which names `file`.
[[nodiscard]] Result<void> applyTrainOptions(TrainConfig& config,
                                             const std::vector<std::pair<std::string, std::string>>& options,
                                             const std::filesystem::path& file = {});

/// All options as a YAML mapping, in the order in which people read them.
void emitTrainOptions(YAML::Emitter& out, const TrainConfig& config);
[[nodiscard]] std::string trainOptionsYaml(const TrainConfig& config);

}  // namespace likeness
