#include "app/log_file.h"

#include <unistd.h>

#include <cstdlib>
#include <system_error>

namespace likeness {

std::filesystem::path logFile(const std::string& name) {
  std::filesystem::path state;
  if (const char* given = std::getenv("XDG_STATE_HOME"); given != nullptr && *given == '/') {
    state = given;
  } else if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
    state = std::filesystem::path(home) / ".local" / "state";
  } else {
    return {};
  }
  std::error_code failure;
  std::filesystem::create_directories(state / "likeness", failure);
  if (failure || ::access((state / "likeness").c_str(), W_OK) != 0) return {};
  return state / "likeness" / name;
}

}  // namespace likeness
