#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "core/api/image.h"
#include "core/tensor/torch.h"

namespace likeness {

/// Pictures by number, decoded when they are first asked for and then kept, up to a bound of memory, beyond which they
/// are read each time. Larger ones are reduced: the shorter side to `shorterSide` pixels. Threads: one.
/// Errors: at() throws ErrorException (those of readPhoto), naming the file.
class PictureStore {
 public:
  PictureStore(std::vector<std::filesystem::path> files, int shorterSide, std::size_t bytes = std::size_t{3} << 29);
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(m_files.size()); }
  [[nodiscard]] ImagePtr at(std::int64_t index);

 private:
  std::vector<std::filesystem::path> m_files;
  int m_shorterSide;
  std::size_t m_left;
  std::vector<ImagePtr> m_kept;
};

/// The square in the middle, at size × size.
[[nodiscard]] Image middleSquare(const Image& image, int size);

/// Numbers of [0, 1) that a crop hangs on.
inline constexpr std::size_t kCropNumbers = 8;

/// A square of the picture at size × size, as a VAE learns from: as it is, or, with `scaled`, also reduced from two and
/// three times the size, and at times with the colours' gains changed; mirrored half the time. A picture that is too
/// small is enlarged. Randomness: `numbers`, kCropNumbers of them, alone.
[[nodiscard]] Image randomSquare(const Image& image, int size, bool scaled, std::span<const double> numbers);

}  // namespace likeness
