#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace likeness {

/// What another program's configuration says, in our options.
struct ImportedOptions {
  std::string program;  ///< "sd-scripts" or "OneTrainer"
  std::vector<std::pair<std::string, std::string>> options;  ///< name and text, each checked; a later one counts
  std::vector<std::string> taken;  ///< "max_train_steps = 1600: steps = 1600", in the file's order
  std::vector<std::string> left;   ///< what could not be taken over, by its name there, and why
  std::vector<std::string> notes;  ///< what is worth knowing: model, photos, class images, words
};

/// Reads a configuration of sd-scripts (TOML: of training, or of a dataset) or of OneTrainer (JSON), by what is in it.
/// Untrusted: at most 4 MB, nested at most 64 deep. Nothing that the file names is opened. Options that trainOptions()
/// doesn't know are among `left`. Errors: NotFound, Corrupt, Unsupported, naming the file. Threads: any.
[[nodiscard]] Result<ImportedOptions> importOptions(const std::filesystem::path& file);

/// The same of a text; `file` only names it in errors.
[[nodiscard]] Result<ImportedOptions> importOptionsText(const std::string& text, const std::filesystem::path& file);

}  // namespace likeness
