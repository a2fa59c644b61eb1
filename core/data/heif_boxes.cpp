#include "core/data/heif_boxes.h"

#include <algorithm>

namespace likeness {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::uint64_t kMaxMeta = 16u << 20;  // larger lists of pictures are not photos
constexpr std::size_t kMostBoxes = 100'000;    // in one list; a photo in tiles has some hundred

struct Box {
  Bytes type;
  Bytes content;
};

// The boxes that lie one after another in `bytes`.
std::vector<Box> boxesIn(Bytes bytes) {
  std::vector<Box> boxes;
  while (bytes.size() >= 8 && boxes.size() < kMostBoxes) {
    auto size = bigEndian(bytes, 0, 4);
    std::size_t head = 8;
    if (size == 1 && bytes.size() >= 16) {
      size = bigEndian(bytes, 8, 8);
      head = 16;
    }
    if (size == 0) size = bytes.size();
    if (size < head || size > bytes.size()) break;
    boxes.push_back({bytes.subspan(4, 4), bytes.subspan(head, size - head)});
    bytes = bytes.subspan(size);
  }
  return boxes;
}

Bytes find(const std::vector<Box>& boxes, std::string_view type) {
  const auto found = std::ranges::find_if(boxes, [&](const Box& box) { return holdsAt(box.type, 0, type); });
  return found == boxes.end() ? Bytes{} : found->content;
}

// The content of the file's top-level `meta` box, without its version and flags.
std::vector<std::uint8_t> readMeta(ByteFile& bytes) {
  std::uint64_t at = 0;
  for (int boxes = 0; boxes < 1'000; ++boxes) {
    const auto head = bytes.read(at, 16);
    if (head.size() < 16) return {};
    auto size = bigEndian(head, 0, 4);
    std::uint64_t skip = 8;
    if (size == 1) {
      size = bigEndian(head, 8, 8);
      skip = 16;
    }
    if (size == 0) size = bytes.size() - at;
    if (size < skip || size > bytes.size() - at) return {};
    if (holdsAt(head, 4, "meta")) {
      if (size > kMaxMeta || size < skip + 4) return {};
      return bytes.read(at + skip + 4, size - skip - 4);
    }
    at += size;
  }
  return {};
}

// One-based indices of the properties of picture `item`, from the content of an ipma box.
std::vector<std::size_t> propertiesOf(Bytes ipma, std::uint64_t item) {
  if (ipma.size() < 8) return {};
  const int idBytes = ipma[0] >= 1 ? 4 : 2;
  const bool wide = (ipma[3] & 1) != 0;
  const auto entries = bigEndian(ipma, 4, 4);
  std::size_t at = 8;
  for (std::uint64_t entry = 0; entry < entries && at < ipma.size(); ++entry) {
    const auto id = bigEndian(ipma, at, idBytes);
    at += static_cast<std::size_t>(idBytes);
    const auto count = bigEndian(ipma, at++, 1);
    std::vector<std::size_t> indices;
    for (std::uint64_t i = 0; i < count; ++i, at += wide ? 2 : 1) {
      indices.push_back(wide ? bigEndian(ipma, at, 2) & 0x7fff : bigEndian(ipma, at, 1) & 0x7f);
    }
    if (id == item) return indices;
  }
  return {};
}

void readColour(Bytes colr, PhotoProbe& probe) {
  if (holdsAt(colr, 0, "prof") || holdsAt(colr, 0, "rICC")) probe.icc.assign(colr.begin() + 4, colr.end());
  constexpr std::uint64_t kDisplayP3 = 12;
  if (holdsAt(colr, 0, "nclx") && bigEndian(colr, 4, 2) == kDisplayP3) probe.colours = NamedColours::DisplayP3;
}

}  // namespace

void probeHeif(ByteFile& bytes, PhotoProbe& probe) {
  const auto content = readMeta(bytes);
  const auto meta = boxesIn(content);
  const auto pitm = find(meta, "pitm");
  const auto iprp = boxesIn(find(meta, "iprp"));
  const auto properties = boxesIn(find(iprp, "ipco"));
  for (const auto& property : properties) {
    if (!holdsAt(property.type, 0, "ispe")) continue;
    probe.width = std::max(probe.width, static_cast<std::int64_t>(bigEndian(property.content, 4, 4)));
    probe.height = std::max(probe.height, static_cast<std::int64_t>(bigEndian(property.content, 8, 4)));
  }
  const auto primary = bigEndian(pitm, 4, pitm.empty() || pitm[0] == 0 ? 2 : 4);
  for (const auto index : propertiesOf(find(iprp, "ipma"), primary)) {
    if (index == 0 || index > properties.size()) continue;
    if (holdsAt(properties[index - 1].type, 0, "colr")) readColour(properties[index - 1].content, probe);
  }
}

}  // namespace likeness
