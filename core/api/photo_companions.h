#pragma once
#include <filesystem>

namespace likeness {

// The files that belong to a photo and lie beside it: its caption and its mask.

/// Where a project keeps a photo's caption: its whole name with .txt behind.
[[nodiscard]] std::filesystem::path captionFile(const std::filesystem::path& photo);

/// The text file that belongs to a photo: captionFile(), else its name with .txt in place of the end, as sd-scripts has
/// it; empty if neither is there.
[[nodiscard]] std::filesystem::path captionBeside(const std::filesystem::path& photo);

/// Where a project keeps a photo's mask: its whole name with .mask.png behind.
[[nodiscard]] std::filesystem::path maskFile(const std::filesystem::path& photo);

/// The picture that is a photo's mask: maskFile(), else its name with -masklabel.png in place of the end, as OneTrainer
/// has it; empty if neither is there.
[[nodiscard]] std::filesystem::path maskBeside(const std::filesystem::path& photo);

/// Whether a file's name is that of a mask, so that it isn't taken for a photo.
[[nodiscard]] bool isMaskName(const std::filesystem::path& file);

}  // namespace likeness
