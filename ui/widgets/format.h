#pragma once
#include <QString>
#include <cstdint>

namespace likeness {

/// "24 s", "1 min 4 s", "2 h 5 min"; empty for a negative (unknown) time.
[[nodiscard]] QString formatDuration(double seconds);

/// "0.8 GB", "62 MB", in the locale's digits.
[[nodiscard]] QString formatBytes(std::uint64_t bytes);

/// "an apple", "a dog".
[[nodiscard]] QString withArticle(const QString& noun);

/// "dogs", "people", "puppies": English, like the class nouns themselves.
[[nodiscard]] QString plural(const QString& noun);

}  // namespace likeness
