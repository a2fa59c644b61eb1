#pragma once
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace likeness {

/// Counts what reading a file's description takes, so that a hostile file can't take much more than an honest one.
/// Threads: one.
class MemoryBudget {
 public:
  explicit MemoryBudget(std::size_t bytes) : m_left(bytes) {}

  /// False, for ever, once more than the budget was asked for.
  [[nodiscard]] bool take(std::size_t bytes) {
    const bool enough = bytes <= m_left;
    m_left = enough ? m_left - bytes : 0;
    return enough;
  }

  /// Appends to `values`; false if the room that it needs to grow is more than is left.
  template <typename T>
  [[nodiscard]] bool append(std::vector<T>& values, T value) {
    if (values.size() == values.capacity()) {
      const auto capacity = std::max<std::size_t>(4, 2 * values.size());
      if (!take(capacity * sizeof(T))) return false;
      values.reserve(capacity);
    }
    values.push_back(std::move(value));
    return true;
  }

 private:
  std::size_t m_left;
};

}  // namespace likeness
