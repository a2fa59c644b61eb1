#include "core/weights/torch_contents.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/base/text.h"
#include "core/weights/pickle_machine.h"
#include "core/weights/zip_directory.h"

namespace likeness {
namespace {

static_assert(std::endian::native == std::endian::little, "the data of files is little-endian and used in place");

using Kind = PickleValue::Kind;

bool startsWith(std::span<const std::byte> file, std::string_view magic) {
  return file.size() >= magic.size() &&
         std::string_view(reinterpret_cast<const char*>(file.data()), magic.size()) == magic;
}

std::string_view textOf(std::span<const std::byte> file, const ZipEntry& entry) {
  return {reinterpret_cast<const char*>(file.data()) + entry.begin, static_cast<std::size_t>(entry.size)};
}

// "model" if the archive holds model/data.pkl, and nothing else that would do.
Result<std::string> archiveFolder(const ZipDirectory& zip) {
  constexpr std::string_view kPickle = "/data.pkl";
  std::string folder;
  for (const auto& entry : zip.entries()) {
    if (!entry.name.ends_with(kPickle)) continue;
    const auto stem = entry.name.substr(0, entry.name.size() - kPickle.size());
    if (stem.find('/') != std::string_view::npos || stem.size() > 1000) continue;
    if (!folder.empty()) return damagedFile("holds two lists of tensors");
    folder = stem;
  }
  if (folder.empty()) return refusedFile("is a zip archive without a data.pkl, which PyTorch did not write");
  if (zip.find(folder + "/constants.pkl") != nullptr) return refusedFile("holds a TorchScript program, not weights");
  return folder;
}

Error named(const Error& problem, const std::filesystem::path& path) {
  const auto* next = problem.code == ErrorCode::Unsupported
                         ? ". Get it as a .safetensors file, from a source that you trust."
                         : ". The file is damaged or incomplete; copy or download it again.";
  return {problem.code, path.string() + " " + problem.message + next, problem.detail, path.string()};
}

}  // namespace

bool looksLikeTorchZip(std::span<const std::byte> file) { return startsWith(file, "PK\x03\x04"); }

bool looksLikePickle(std::span<const std::byte> file) {
  return file.size() >= 2 && file[0] == std::byte{0x80} && file[1] <= std::byte{5};
}

Result<PickleValue> readTorchZip(std::span<const std::byte> file, PickleData& data, TorchStorages& storages,
                                 MemoryBudget& budget) {
  LK_TRY(const auto zip, ZipDirectory::read(file, budget));
  LK_TRY(const auto folder, archiveFolder(zip));
  const auto* order = zip.find(folder + "/byteorder");
  if (order != nullptr && textOf(file, *order) != "little") {
    return refusedFile("was written on a big-endian machine, which is not read");
  }
  const auto* pickle = zip.find(folder + "/data.pkl");
  data.pickle = file.subspan(static_cast<std::size_t>(pickle->begin), static_cast<std::size_t>(pickle->size));
  std::size_t position = 0;
  LK_TRY(const auto root, PickleMachine(data, storages, budget).run(position));
  for (auto& storage : storages.all()) {
    if (storage.key.size() > 1000) return damagedFile("gives a storage an impossible name");
    const auto* entry = zip.find(folder + "/data/" + std::string(storage.key));
    if (entry == nullptr) return damagedFile("lacks its storage " + quotedName(storage.key));
    if (entry->size != storage.bytes()) {
      return damagedFile("holds " + std::to_string(entry->size) + " bytes in its storage " + quotedName(storage.key) +
                         ", but lists " + std::to_string(storage.bytes()));
    }
    storage.begin = entry->begin;
  }
  return root;
}

// A pickle each of a magic number, a version, facts on the machine, the object and the storages' keys; then the storages in
// the order of the keys, each with its number of elements before it.
Result<PickleValue> readTorchLegacy(std::span<const std::byte> file, PickleData& data, TorchStorages& storages,
                                    MemoryBudget& budget) {
  constexpr std::string_view kMagic = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
  constexpr std::int64_t kVersion = 1001;
  data.pickle = file;
  PickleMachine machine(data, storages, budget);
  std::size_t position = 0;
  LK_TRY(const auto magic, machine.run(position));
  if (!magic.is(Kind::WideInteger) || data.text(magic) != kMagic) {
    return refusedFile("is a pickle, but not one of PyTorch's files of weights");
  }
  LK_TRY(const auto version, machine.run(position));
  if (!version.is(Kind::Integer) || version.number != kVersion) {
    return refusedFile("is of a version of PyTorch's format that is not read");
  }
  LK_TRY(const auto system, machine.run(position));
  const auto little = system.is(Kind::Dict) ? data.find(system, "little_endian") : std::nullopt;
  if (!little || !little->is(Kind::Bool)) return damagedFile("does not tell its byte order");
  if (little->number == 0) return refusedFile("was written on a big-endian machine, which is not read");
  LK_TRY(const auto root, machine.run(position));
  LK_TRY(const auto keys, machine.run(position));
  if (!keys.is(Kind::List)) return damagedFile("does not list its storages");
  std::size_t located = 0;
  for (const auto& key : data.itemsOf(keys)) {
    auto* storage = key.is(Kind::Text) ? storages.find(data.text(key)) : nullptr;
    if (storage == nullptr || storage->begin != 0) return damagedFile("lists storages that its tensors do not have");
    std::uint64_t count = 0;
    if (file.size() - position < sizeof count) return damagedFile("is cut short: storages are missing");
    std::memcpy(&count, file.data() + position, sizeof count);
    position += sizeof count;
    if (count != storage->count) return damagedFile("gives its storage " + quotedName(storage->key) + " two sizes");
    if (file.size() - position < storage->bytes()) {
      return damagedFile("is cut short in its storage " + quotedName(storage->key));
    }
    storage->begin = position;
    position += static_cast<std::size_t>(storage->bytes());
    ++located;
  }
  if (located != storages.all().size()) return damagedFile("lacks a storage that its tensors lie in");
  return root;
}

Result<TorchContents> readTorchContents(std::span<const std::byte> file, const std::filesystem::path& path) {
  MemoryBudget budget(48'000'000);
  PickleData data;
  TorchStorages storages(file.size());
  const auto root = looksLikeTorchZip(file) ? readTorchZip(file, data, storages, budget)
                                            : readTorchLegacy(file, data, storages, budget);
  if (!root) return named(root.error(), path);
  auto contents = nameTorchContents(data, *root, storages, budget);
  if (!contents) return named(contents.error(), path);
  return contents;
}

}  // namespace likeness
