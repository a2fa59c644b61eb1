#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace likeness {

/// Pickles, zip archives and files of torch.save put together byte by byte, true ones and lying ones: for tests of damaged
/// and hostile files, and as seeds for fuzzing. Each function of a pickle gives the opcodes that leave one value.
namespace pickle {

[[nodiscard]] std::string whole(const std::string& body, int protocol = 2);
[[nodiscard]] std::string text(const std::string& value);
[[nodiscard]] std::string integer(std::int64_t value);
[[nodiscard]] std::string boolean(bool value);
[[nodiscard]] std::string real(double value);
[[nodiscard]] std::string none();
[[nodiscard]] std::string tuple(const std::vector<std::string>& values);
[[nodiscard]] std::string list(const std::vector<std::string>& values);
[[nodiscard]] std::string dict(const std::vector<std::pair<std::string, std::string>>& entries);
[[nodiscard]] std::string global(const std::string& module, const std::string& name);
[[nodiscard]] std::string call(const std::string& function, const std::vector<std::string>& arguments);
[[nodiscard]] std::string sizes(const std::vector<std::int64_t>& values);

/// A storage of torch.<type>, and a tensor in one, as torch.save describes them.
[[nodiscard]] std::string storage(const std::string& type, const std::string& key, std::int64_t count,
                                  bool legacy = false);
[[nodiscard]] std::string tensor(const std::string& storage, std::int64_t offset, const std::vector<std::int64_t>& shape,
                                 const std::vector<std::int64_t>& strides);

/// {"a": a float32 tensor [2, 2] in storage "0", "b": its second row}.
[[nodiscard]] std::string simple(bool legacy = false);

}  // namespace pickle

/// A file in an archive. What is set besides name and data is a lie, or a feature that PyTorch does not use.
struct ZipPart {
  std::string name;
  std::string data;
  std::optional<std::uint64_t> size = {};        ///< in the directory
  std::optional<std::uint64_t> storedSize = {};  ///< in the directory
  std::optional<std::uint64_t> header = {};      ///< where the directory says that the local header lies
  std::uint16_t method = 0;
  std::uint16_t localMethod = 0;
  std::uint16_t flags = 0;
  std::optional<std::string> localName = {};
};

/// The pieces of an archive. `wide` puts sizes and offsets into zip64 fields, as PyTorch does for files over 4 GB.
[[nodiscard]] std::string zipLocalHeader(const ZipPart& part);
[[nodiscard]] std::string zipCentralHeader(const ZipPart& part, std::uint64_t header, std::uint64_t size, bool wide);
[[nodiscard]] std::string zipEnd(std::uint64_t begin, std::uint64_t size, std::uint64_t count, bool wide);

[[nodiscard]] std::string zipArchive(const std::vector<ZipPart>& parts, bool wide = false);

/// Files of torch.save around the pickle of an object; `storages` are keys and bytes.
using StorageBytes = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::string torchZip(const std::string& object, const StorageBytes& storages);
[[nodiscard]] std::string torchLegacy(const std::string& object, const StorageBytes& storages, std::size_t elementSize = 4);

/// The parts of torchZip, to be changed before zipArchive.
[[nodiscard]] std::vector<ZipPart> torchZipParts(const std::string& object, const StorageBytes& storages);

/// Sixteen bytes of four float32 for the storage of pickle::simple().
[[nodiscard]] StorageBytes simpleStorage();

}  // namespace likeness
