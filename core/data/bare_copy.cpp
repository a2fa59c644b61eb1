#include "core/data/bare_copy.h"

#include <algorithm>
#include <array>

#include "core/data/byte_file.h"

namespace likeness {
using namespace std::string_view_literals;
namespace {

using Bytes = std::span<const std::uint8_t>;

void append(std::vector<std::uint8_t>& to, Bytes bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

// APP0 (JFIF) and APP14 (Adobe) say how colours are coded; other application segments and comments don't matter.
bool isMetadata(int marker) { return (marker >= 0xe1 && marker <= 0xef && marker != 0xee) || marker == 0xfe; }

// Metadata between the scans of a progressive JPEG: kept in place, but no longer recognisable.
void maskLaterMetadata(std::span<std::uint8_t> scans) {
  for (std::size_t i = 0; i + 4 < scans.size(); ++i) {
    if (scans[i] == 0xff && isMetadata(scans[i + 1])) scans[i + 4] = 0;
  }
}

bool textIsSound(Bytes icc, std::uint64_t offset, std::uint64_t size) {
  if (holdsAt(icc, offset, "text")) return size >= 8;
  if (holdsAt(icc, offset, "desc")) return size >= 12;
  if (!holdsAt(icc, offset, "mluc")) return true;
  const auto records = bigEndian(icc, offset + 8, 4);
  if (size < 16 || records > (size - 16) / 12) return false;
  for (std::uint64_t record = 0; record < records; ++record) {
    const auto at = offset + 16 + 12 * record;
    if (bigEndian(icc, at + 4, 4) + bigEndian(icc, at + 8, 4) > size) return false;
  }
  return true;
}

}  // namespace

std::vector<std::uint8_t> bareJpeg(Bytes file) {
  std::vector<std::uint8_t> bare;
  bare.reserve(file.size());
  std::size_t at = std::min<std::size_t>(2, file.size());
  append(bare, file.first(at));
  while (at + 4 <= file.size() && file[at] == 0xff) {
    const int marker = file[at + 1];
    if (marker == 0xff) {  // fill byte
      ++at;
      continue;
    }
    if (marker == 0xda || marker == 0xd9) break;
    const bool standsAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const auto length = standsAlone ? 2 : 2 + static_cast<std::size_t>(bigEndian(file, at + 2, 2));
    if (length < 2 || length > file.size() - at) break;
    if (!isMetadata(marker)) append(bare, file.subspan(at, length));
    at += length;
  }
  const auto scans = bare.size();
  append(bare, file.subspan(at));
  maskLaterMetadata(std::span(bare).subspan(scans));
  return bare;
}

std::vector<std::uint8_t> barePng(Bytes file) {
  constexpr std::array kKept = {"IHDR"sv, "PLTE"sv, "tRNS"sv, "IDAT"sv, "IEND"sv, "gAMA"sv, "sRGB"sv};
  std::vector<std::uint8_t> bare;
  bare.reserve(file.size());
  std::size_t at = std::min<std::size_t>(8, file.size());
  append(bare, file.first(at));
  while (at + 12 <= file.size()) {
    const auto length = 12 + bigEndian(file, at, 4);
    if (length > file.size() - at) break;
    if (std::ranges::any_of(kKept, [&](auto name) { return holdsAt(file, at + 4, name); })) append(bare, file.subspan(at, length));
    at += length;
  }
  append(bare, file.subspan(at));  // what is cut short, so that the decoder says so
  return bare;
}

bool isSoundProfile(Bytes icc) {
  if (!holdsAt(icc, 36, "acsp")) return true;
  constexpr std::size_t kTable = 132;
  if (icc.size() < kTable) return false;
  const auto tags = bigEndian(icc, 128, 4);
  if (tags > (icc.size() - kTable) / 12) return false;
  for (std::uint64_t tag = 0; tag < tags; ++tag) {
    const auto offset = bigEndian(icc, kTable + 12 * tag + 4, 4);
    const auto size = bigEndian(icc, kTable + 12 * tag + 8, 4);
    if (offset + std::max<std::uint64_t>(4, size) > icc.size() || !textIsSound(icc, offset, size)) return false;
  }
  return true;
}

}  // namespace likeness
