#pragma once
#include <yaml-cpp/yaml.h>

#include "core/project/project_file.h"

namespace likeness {

/// How much a subject may count, and how often it may be shown.
inline constexpr double kLeastSubjectWeight = 1e-3, kMostSubjectWeight = 1e3;
inline constexpr std::int64_t kMostSubjectRepeats = 1000;

/// All subjects of a project, the first one first; its folder is empty.
[[nodiscard]] std::vector<ProjectSubject> allSubjects(const ProjectFile& project);

/// The tokens of all subjects, which [V], [V2] and so on stand for.
[[nodiscard]] std::vector<std::string> subjectTokens(const ProjectFile& project);

/// "sks dog", or "sks dog and zwx cat": what prompts name the subjects.
[[nodiscard]] std::string subjectWords(const ProjectFile& project);

/// InvalidArgument for a token that names two subjects (case doesn't matter to the tokenizer), and for a weight or
/// repeats that can't be used.
[[nodiscard]] Result<void> checkSubjects(const ProjectFile& project);

/// Reads and writes the further subjects, and the first one's weight and repeats where they aren't 1.
[[nodiscard]] Result<void> readSubjects(const YAML::Node& root, const std::filesystem::path& path,
                                        ProjectFile& project);
void emitSubjects(YAML::Emitter& out, const ProjectFile& project);

}  // namespace likeness
