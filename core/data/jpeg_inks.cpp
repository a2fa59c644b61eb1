#include "core/data/jpeg_inks.h"

#include <turbojpeg.h>

#include <algorithm>
#include <memory>

namespace likeness {
namespace {

struct HandleCloser {
  void operator()(void* handle) const { tjDestroy(handle); }
};

}  // namespace

Result<std::vector<std::uint8_t>> decodeJpegInks(std::span<const std::uint8_t> jpeg, int width, int height) {
  const std::unique_ptr<void, HandleCloser> handle(tjInitDecompress());
  if (handle == nullptr) return Error{ErrorCode::OutOfMemory, tjGetErrorStr2(nullptr)};
  std::vector<std::uint8_t> inks(std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  const auto state = tjDecompress2(handle.get(), jpeg.data(), static_cast<unsigned long>(jpeg.size()), inks.data(),
                                   width, 0, height, TJPF_CMYK, TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS);
  if (state != 0) {
    // A warning may be of stray bytes in a whole picture; missing data comes as a warning too.
    const std::string complaint = tjGetErrorStr2(handle.get());
    const bool stray = complaint.find("xtraneous") != std::string::npos;
    if (tjGetErrorCode(handle.get()) == TJERR_FATAL || !stray) return Error{ErrorCode::Corrupt, complaint};
  }
  std::ranges::transform(inks, inks.begin(), [](std::uint8_t ink) { return static_cast<std::uint8_t>(255 - ink); });
  return inks;
}

}  // namespace likeness
