// The readers of weights: safetensors headers, zip directories, pickles, and whole files of torch.save.
#include "core/weights/pickle_machine.h"
#include "core/weights/safetensors_header.h"
#include "core/weights/tensor_layout.h"
#include "core/weights/torch_contents.h"
#include "core/weights/zip_directory.h"
#include "tests/fuzz/targets.h"
#include "tests/support/torch_maker.h"
#include "tests/unit/hostile_files.h"

namespace likeness {
namespace {

constexpr const char* kPath = "fuzz/file";  // as requireSentence() wants it

// Reads the first and the last byte, so that the address sanitizer sees a range that lies outside.
void touch(std::span<const std::byte> file, std::uint64_t begin, std::uint64_t end) {
  require(begin <= end && end <= file.size(), "a range lies in the file");
  [[maybe_unused]] static volatile unsigned char seen;
  if (begin == end) return;
  seen = std::to_integer<unsigned char>(file.data()[begin]);
  seen = std::to_integer<unsigned char>(file.data()[end - 1]);
}

std::vector<std::string> small(const std::vector<HostileFile>& files, std::string_view prefix) {
  constexpr std::size_t kLargest = 4096;
  std::vector<std::string> seeds;
  for (const auto& file : files) {
    if (!file.name.starts_with(prefix)) continue;
    auto bytes = file.bytes();
    if (bytes.size() <= kLargest) seeds.push_back(std::move(bytes));
  }
  return seeds;
}

std::string nestedObject(bool legacy) {
  using namespace pickle;
  const auto where = storage("HalfStorage", "0", 8, legacy);
  return whole(dict({{"epoch", integer(7)},
                     {"lr", real(1e-6)},
                     {"state_dict", dict({{"model.w", tensor(where, 1, {2, 3}, {1, 2})},
                                          {"inner", dict({{"b", tensor(where, 0, {}, {})}})}})},
                     {"callbacks", "}" + global("pytorch_lightning.callbacks", "X") + integer(1) + "s"}}));
}

}  // namespace

void fuzzSafetensors(std::span<const std::byte> file) {
  const auto header = parseSafetensorsHeader(file, kPath);
  if (!header) return requireSentence(header.error());
  for (const auto& [name, info] : header->tensors) {
    touch(file, header->dataStart + info.begin, header->dataStart + info.end);
    require(byteCount(info.dtype, info.shape) == info.end - info.begin, "a tensor has its shape's bytes");
  }
}

void fuzzZip(std::span<const std::byte> file) {
  MemoryBudget budget(20'000'000);
  const auto zip = ZipDirectory::read(file, budget);
  if (!zip) return;
  for (const auto& entry : zip->entries()) {
    touch(file, entry.begin, entry.begin + entry.size);
    require(zip->find(entry.name) == &entry, "an entry is found by its name");
  }
}

// The pickle of an object alone, over storages that are always there.
void fuzzPickle(std::span<const std::byte> file) {
  MemoryBudget budget(40'000'000);
  PickleData data;
  data.pickle = file;
  TorchStorages storages(1 << 20);
  std::size_t position = 0;
  const auto root = PickleMachine(data, storages, budget).run(position);
  if (!root) return;
  require(position <= file.size(), "the machine stays in the pickle");
  const auto contents = nameTorchContents(data, *root, storages, budget);
  if (!contents) return;
  for (const auto& [name, info] : contents->tensors) {
    require(info.begin <= info.end && info.end <= storages.fileSize(), "a tensor lies in its storage");
  }
}

void fuzzTorchFile(std::span<const std::byte> file) {
  const auto contents = readTorchContents(file, kPath);
  if (!contents) return requireSentence(contents.error());
  require(!contents->tensors.empty(), "a file holds tensors");
  for (const auto& [name, info] : contents->tensors) {
    touch(file, info.begin, info.end);
    const auto strided = contents->strides.find(name);
    const auto strides = strided == contents->strides.end() ? contiguousStrides(info.shape) : strided->second;
    require(elementSpan(info.shape, strides).value() * torch::elementSize(info.dtype) == info.end - info.begin,
            "a tensor reaches as far as its strides");
  }
}

std::vector<std::string> safetensorsSeeds() {
  auto seeds = small(hostileSafetensors(), "safetensors");
  const std::string header =
      "{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F16\",\"shape\":[2,1],\"data_offsets\":[0,4]},"
      "\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[4,12]}}";
  seeds.push_back(std::string(1, static_cast<char>(header.size())) + std::string(7, '\0') + header + std::string(12, 'x'));
  return seeds;
}

std::vector<std::string> zipSeeds() {
  auto seeds = small(hostileZips(), "zip");
  for (const bool wide : {false, true}) {
    seeds.push_back(zipArchive(torchZipParts(pickle::simple(), simpleStorage()), wide));
    seeds.push_back(zipArchive(torchZipParts(nestedObject(false), simpleStorage()), wide));
  }
  return seeds;
}

std::vector<std::string> pickleSeeds() {
  std::vector<std::string> seeds{pickle::simple(), nestedObject(false)};
  // The hostile ones stand in archives; a pickle is what lies between the first name and the second file.
  for (const auto& archive : small(hostilePickles(), "pickle")) {
    const std::string start = "m/data.pkl";
    const auto begin = archive.find(start) + start.size();
    seeds.push_back(archive.substr(begin, archive.find("PK\x03\x04", begin) - begin));
  }
  return seeds;
}

std::vector<std::string> torchLegacySeeds() {
  auto seeds = small(hostileLegacyFiles(), "legacy");
  seeds.push_back(torchLegacy(pickle::simple(true), simpleStorage()));
  seeds.push_back(torchLegacy(nestedObject(true), simpleStorage(), 2));
  return seeds;
}

}  // namespace likeness
