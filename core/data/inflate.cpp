#include "core/data/inflate.h"

#include <zlib.h>

#include <algorithm>

namespace likeness {

std::vector<std::uint8_t> inflated(std::span<const std::uint8_t> packed, std::size_t limit) {
  constexpr std::size_t kPiece = 64u << 10;
  std::vector<std::uint8_t> plain;
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return {};
  stream.next_in = const_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  int state = Z_OK;
  while (state == Z_OK && plain.size() < limit) {
    const auto had = plain.size();
    const auto room = std::min(kPiece, limit - had);
    plain.resize(had + room);
    stream.next_out = plain.data() + had;
    stream.avail_out = static_cast<uInt>(room);
    state = inflate(&stream, Z_NO_FLUSH);
    plain.resize(plain.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) plain.clear();
  return plain;
}

}  // namespace likeness
