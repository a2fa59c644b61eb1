#pragma once
#include <functional>
#include <string>
#include <vector>

namespace likeness {

/// A damaged or hostile file of weights that must be refused, and a part of what the message must say.
struct HostileFile {
  std::string name;
  std::string says;
  std::function<std::string()> bytes;
};

[[nodiscard]] std::vector<HostileFile> hostileSafetensors();
[[nodiscard]] std::vector<HostileFile> hostileZips();
[[nodiscard]] std::vector<HostileFile> hostilePickles();
[[nodiscard]] std::vector<HostileFile> hostileLegacyFiles();
[[nodiscard]] std::vector<HostileFile> filesOfOtherKinds();

/// All of them.
[[nodiscard]] std::vector<HostileFile> hostileFiles();

}  // namespace likeness
