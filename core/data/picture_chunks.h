#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "core/data/byte_file.h"

namespace likeness {

/// A piece of a picture file as its container lists it: where its content lies and how long it says that it is.
struct PictureChunk {
  std::array<char, 4> kind{};  ///< PNG and WebP: the four letters
  int marker = 0;              ///< JPEG: the byte behind 0xff
  std::uint64_t offset = 0;
  std::uint64_t size = 0;

  [[nodiscard]] bool is(std::string_view name) const { return std::string_view(kind.data(), kind.size()) == name; }
};

/// Each calls `visit(chunk)` for the pieces in file order until it answers false, the list ends or makes no sense.
/// Their number is bounded, so that a hostile file can't keep a reader busy; sizes are as the file claims.
/// Sources: ITU-T T.81 B.1; PNG (third edition) 5.3; the WebP container specification.
template <typename Visit>
void visitJpegSegments(ByteFile& bytes, Visit visit) {
  constexpr int kMost = 10'000;
  std::uint64_t at = 2;
  for (int segments = 0; segments < kMost; ++segments) {
    const auto head = bytes.read(at, 4);
    if (head.size() < 4 || head[0] != 0xff) return;
    const int marker = head[1];
    const bool standsAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    if (marker == 0xff || standsAlone) {  // a fill byte, or a marker without content
      at += marker == 0xff ? 1 : 2;
      continue;
    }
    if (marker == 0xd9 || marker == 0xda) return;  // the end, or the picture itself
    const auto length = std::max<std::uint64_t>(2, bigEndian(head, 2, 2));
    if (!visit(PictureChunk{{}, marker, at + 4, length - 2})) return;
    at += 2 + length;
  }
}

template <typename Visit>
void visitPngChunks(ByteFile& bytes, Visit visit) {
  constexpr int kMost = 100'000;
  std::uint64_t at = 8;
  for (int chunks = 0; chunks < kMost; ++chunks) {
    const auto head = bytes.read(at, 8);
    if (head.size() < 8 || holdsAt(head, 4, "IEND")) return;
    PictureChunk chunk{{}, 0, at + 8, bigEndian(head, 0, 4)};
    std::copy_n(head.begin() + 4, 4, chunk.kind.begin());
    if (!visit(chunk)) return;
    at += 12 + chunk.size;
  }
}

template <typename Visit>
void visitWebPChunks(ByteFile& bytes, Visit visit) {
  constexpr int kMost = 1'000;
  std::uint64_t at = 12;
  for (int chunks = 0; chunks < kMost; ++chunks) {
    const auto head = bytes.read(at, 8);
    if (head.size() < 8) return;
    PictureChunk chunk{{}, 0, at + 8, littleEndian(head, 4, 4)};
    std::copy_n(head.begin(), 4, chunk.kind.begin());
    if (!visit(chunk)) return;
    at += 8 + chunk.size + (chunk.size & 1);
  }
}

}  // namespace likeness
