#pragma once
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/project/project_file.h"

namespace likeness {

/// Corrupt, in a sentence that names project.yaml and says what is wrong in it.
[[nodiscard]] Error damagedProject(const std::filesystem::path& path, const std::string& what);

/// What stands under a key of project.yaml, or the fallback where nothing does. `owner`: whose number.
[[nodiscard]] Result<std::string> textOf(const YAML::Node& mapping, const char* key, const std::filesystem::path& path);
[[nodiscard]] Result<double> numberIn(const YAML::Node& mapping, const char* key, const char* owner, double fallback,
                                      std::pair<double, double> range, const std::filesystem::path& path);
[[nodiscard]] Result<std::vector<ProjectPhoto>> photosOf(const YAML::Node& mapping, const char* key,
                                                         const std::filesystem::path& path);

void emitPhotos(YAML::Emitter& out, const char* key, const std::vector<ProjectPhoto>& photos);
void emitNumber(YAML::Emitter& out, const char* key, double number);

}  // namespace likeness
