#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace likeness {

/// A well-formed file that can't be used for what it is given as, or a model that can't be: `refused` writes it into an
/// empty folder, uses it, and returns the error that must follow; `says` is a part of its message.
struct HostileModel {
  std::string name;
  std::string says;
  std::function<Error(const std::filesystem::path& folder)> refused;
};

[[nodiscard]] std::vector<HostileModel> hostileModels();
[[nodiscard]] std::vector<HostileModel> hostileModelFolders();
[[nodiscard]] std::vector<HostileModel> hostileLoras();
[[nodiscard]] std::vector<HostileModel> hostileEmbeddings();
[[nodiscard]] std::vector<HostileModel> hostilePictures();

}  // namespace likeness
