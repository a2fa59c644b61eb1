#pragma once
#include <string>
#include <vector>

namespace likeness {

/// A safetensors header that must be refused, so many bytes of data after it, and a part of what the message says.
struct SafetensorsLie {
  const char* name;
  std::string header;
  int dataBytes;
  const char* says;
};

[[nodiscard]] std::vector<SafetensorsLie> safetensorsLies();

}  // namespace likeness
