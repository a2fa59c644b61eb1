#include "tests/support/torch_maker.h"
#include "tests/unit/hostile_files.h"

namespace likeness {
namespace {

// An honest file with one change to its parts.
std::function<std::string()> with(std::function<void(std::vector<ZipPart>&)> change, bool wide = false) {
  return [=] {
    auto parts = torchZipParts(pickle::simple(), simpleStorage());
    change(parts);
    return zipArchive(parts, wide);
  };
}

std::string honest() { return torchZip(pickle::simple(), simpleStorage()); }

std::function<std::string()> cutTo(std::size_t percent) {
  return [=] { return honest().substr(0, honest().size() * percent / 100); };
}

// Bytes at a distance from the end of an honest file replaced: the end record has 22 of them.
std::function<std::string()> endChanged(std::size_t fromEnd, const std::string& bytes) {
  return [=] { return honest().replace(honest().size() - fromEnd, bytes.size(), bytes); };
}

// Fifty entries that all claim the same big file: a bomb of the kind that needs no compression's help.
std::string quotingBomb() {
  const ZipPart kernel{.name = "m/data.pkl", .data = std::string(100'000, 'x')};
  std::string bytes = zipLocalHeader(kernel) + kernel.data, directory;
  for (int i = 0; i < 50; ++i) directory += zipCentralHeader(kernel, 0, kernel.data.size(), false);
  return bytes + directory + zipEnd(bytes.size(), directory.size(), 50, false);
}

// More files than any model has, all empty.
std::string crowdedZip() {
  std::string bytes, directory;
  for (std::uint64_t i = 0; i < 700'000; ++i) {
    const ZipPart part{.name = std::to_string(i), .data = {}};
    directory += zipCentralHeader(part, bytes.size(), 0, false);
    bytes += zipLocalHeader(part);
  }
  return bytes + directory + zipEnd(bytes.size(), directory.size(), 700'000, true);
}

}  // namespace

std::vector<HostileFile> hostileZips() {
  using Parts = std::vector<ZipPart>;
  return {
      {"zip: cut at a tenth", "is cut short", cutTo(10)},
      {"zip: cut at the half", "is cut short", cutTo(50)},
      {"zip: cut in the directory", "is cut short", cutTo(90)},
      {"zip: the last byte is missing", "is cut short", [] { return honest().substr(0, honest().size() - 1); }},
      {"zip: bytes after the end", "is cut short", [] { return honest() + "x"; }},
      {"zip: directory beyond the end", "does not lie where", endChanged(6, "\xff\xff\xff\x7f")},
      {"zip: directory of 4 GB", "does not lie where", endChanged(10, "\xff\xff\xff\xff")},
      {"zip: more files than listed", "damaged zip directory", endChanged(14, std::string("\x09\0\x09\0", 4))},
      {"zip: fewer files than listed", "another length", endChanged(14, std::string("\x01\0\x01\0", 4))},
      {"zip: part of a split archive", "split", endChanged(18, std::string("\x02\0\0\0", 4))},
      {"zip: zip64 that disagrees", "disagree",
       [] {
         auto bytes = zipArchive(torchZipParts(pickle::simple(), simpleStorage()), true);
         return bytes.replace(bytes.size() - 6, 4, std::string("\x01\0\0\0", 4));
       }},
      {"zip: zip64 record beyond the end", "zip64",
       [] {
         auto bytes = zipArchive(torchZipParts(pickle::simple(), simpleStorage()), true);
         return bytes.replace(bytes.size() - 22 - 12, 8, std::string(8, '\x7f'));
       }},
      {"zip: compressed", "compressed", with([](Parts& parts) { parts[0].method = parts[0].localMethod = 8; })},
      {"zip: compressed where it lies only", "compressed", with([](Parts& parts) { parts[2].localMethod = 8; })},
      {"zip: encrypted", "encrypted", with([](Parts& parts) { parts[0].flags = 1; })},
      {"zip: larger than the file", "room for",
       with([](Parts& parts) { parts[2].size = parts[2].storedSize = 1'000'000; })},
      {"zip: larger than anything", "room for",
       with([](Parts& parts) { parts[2].size = parts[2].storedSize = ~0ULL - 8; }, true)},
      {"zip: says two sizes", "two sizes", with([](Parts& parts) { parts[0].storedSize = 1; })},
      {"zip: unpacks to 4 GB", "two sizes", with([](Parts& parts) { parts[2].size = 0xfffffff0, parts[2].storedSize = 16; })},
      {"zip: two files of one name", "two files called", with([](Parts& parts) { parts[1].name = "m/data.pkl"; })},
      {"zip: overlapping files", "overlap",
       with([](Parts& parts) { parts[0].size = parts[0].storedSize = parts[0].data.size() + 8; })},
      {"zip: a bomb of quoted files", "overlap", quotingBomb},
      {"zip: a file beyond the end", "where its zip directory says", with([](Parts& parts) { parts[2].header = 1 << 30; })},
      {"zip: another name where it lies", "two ways", with([](Parts& parts) { parts[2].localName = "m/data/1"; })},
      {"zip: without data.pkl", "without a data.pkl", with([](Parts& parts) { parts[0].name = "m/other.pkl"; })},
      {"zip: data.pkl outside", "without a data.pkl", with([](Parts& parts) { parts[0].name = "../../m/data.pkl"; })},
      {"zip: two data.pkl", "two lists", with([](Parts& parts) { parts[1].name = "n/data.pkl"; })},
      {"zip: TorchScript", "TorchScript", with([](Parts& parts) { parts[3].name = "m/constants.pkl"; })},
      {"zip: big-endian", "big-endian", with([](Parts& parts) { parts[1].data = "big"; })},
      {"zip: a storage is missing", "lacks its storage", with([](Parts& parts) { parts[2].name = "m/data/7"; })},
      {"zip: a storage is short", "but lists 16", with([](Parts& parts) { parts[2].data.pop_back(); })},
      {"zip: a storage is long", "but lists 16", with([](Parts& parts) { parts[2].data += "x"; })},
      {"zip: 700 000 files", "more than any model", crowdedZip},
  };
}

}  // namespace likeness
