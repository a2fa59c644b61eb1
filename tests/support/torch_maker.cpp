#include "tests/support/torch_maker.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace likeness {
namespace {

template <typename T>
std::string little(T value) {
  std::string bytes(sizeof value, '\0');
  std::memcpy(bytes.data(), &value, sizeof value);
  return bytes;
}

std::string u16(std::uint64_t value) { return little(static_cast<std::uint16_t>(value)); }
std::string u32(std::uint64_t value) { return little(static_cast<std::uint32_t>(value)); }
std::string u64(std::uint64_t value) { return little(value); }

std::string joined(const std::vector<std::string>& values) {
  std::string all;
  for (const auto& value : values) all += value;
  return all;
}

constexpr std::uint64_t kInExtra32 = 0xffffffff;

}  // namespace

namespace pickle {

std::string whole(const std::string& body, int protocol) {
  return std::string("\x80") + static_cast<char>(protocol) + body + ".";
}
std::string text(const std::string& value) { return "X" + u32(value.size()) + value; }
std::string integer(std::int64_t value) {
  if (value >= INT32_MIN && value <= INT32_MAX) return "J" + little(static_cast<std::int32_t>(value));
  return "\x8a\x08" + little(value);
}
std::string boolean(bool value) { return value ? "\x88" : "\x89"; }
std::string real(double value) {
  auto bytes = little(value);
  std::reverse(bytes.begin(), bytes.end());
  return "G" + bytes;
}
std::string none() { return "N"; }
std::string tuple(const std::vector<std::string>& values) { return "(" + joined(values) + "t"; }
std::string list(const std::vector<std::string>& values) { return "](" + joined(values) + "e"; }
std::string dict(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string all = "}(";
  for (const auto& [key, value] : entries) all += text(key) + value;
  return all + "u";
}
std::string global(const std::string& module, const std::string& name) { return "c" + module + "\n" + name + "\n"; }
std::string call(const std::string& function, const std::vector<std::string>& arguments) {
  return function + tuple(arguments) + "R";
}
std::string sizes(const std::vector<std::int64_t>& values) {
  std::vector<std::string> items;
  for (const auto value : values) items.push_back(integer(value));
  return tuple(items);
}
std::string storage(const std::string& type, const std::string& key, std::int64_t count, bool legacy) {
  std::vector<std::string> parts{text("storage"), global("torch", type), text(key), text("cpu"), integer(count)};
  if (legacy) parts.push_back(none());
  return tuple(parts) + "Q";
}
std::string tensor(const std::string& storage, std::int64_t offset, const std::vector<std::int64_t>& shape,
                   const std::vector<std::int64_t>& strides) {
  return call(global("torch._utils", "_rebuild_tensor_v2"),
              {storage, integer(offset), sizes(shape), sizes(strides), boolean(false),
               call(global("collections", "OrderedDict"), {})});
}
std::string simple(bool legacy) {
  const auto where = storage("FloatStorage", "0", 4, legacy);
  return whole(dict({{"a", tensor(where, 0, {2, 2}, {2, 1})}, {"b", tensor(where, 2, {2}, {1})}}));
}

}  // namespace pickle

std::string zipLocalHeader(const ZipPart& part) {
  const auto& name = part.localName ? *part.localName : part.name;
  return "PK\x03\x04" + u16(0) + u16(part.flags) + u16(part.localMethod) + u32(0) + u32(0) + u32(part.data.size()) +
         u32(part.data.size()) + u16(name.size()) + u16(0) + name;
}

std::string zipCentralHeader(const ZipPart& part, std::uint64_t header, std::uint64_t size, bool wide) {
  size = part.size.value_or(size);
  const auto stored = part.storedSize.value_or(size);
  header = part.header.value_or(header);
  const std::string extra = wide ? u16(1) + u16(24) + u64(size) + u64(stored) + u64(header) : std::string();
  return "PK\x01\x02" + u16(0) + u16(0) + u16(part.flags) + u16(part.method) + u32(0) + u32(0) +
         u32(wide ? kInExtra32 : stored) + u32(wide ? kInExtra32 : size) + u16(part.name.size()) + u16(extra.size()) +
         u16(0) + u16(0) + u16(0) + u32(0) + u32(wide ? kInExtra32 : header) + part.name + extra;
}

std::string zipEnd(std::uint64_t begin, std::uint64_t size, std::uint64_t count, bool wide) {
  const std::string end64 = "PK\x06\x06" + u64(44) + u16(0) + u16(0) + u32(0) + u32(0) + u64(count) + u64(count) +
                            u64(size) + u64(begin) + "PK\x06\x07" + u32(0) + u64(begin + size) + u32(1);
  return (wide ? end64 : std::string()) + "PK\x05\x06" + u16(0) + u16(0) + u16(wide ? 0xffff : count) +
         u16(wide ? 0xffff : count) + u32(wide ? kInExtra32 : size) + u32(wide ? kInExtra32 : begin) + u16(0);
}

std::string zipArchive(const std::vector<ZipPart>& parts, bool wide) {
  std::string bytes, directory;
  for (const auto& part : parts) {
    directory += zipCentralHeader(part, bytes.size(), part.data.size(), wide);
    bytes += zipLocalHeader(part) + part.data;
  }
  const auto begin = bytes.size();
  return bytes + directory + zipEnd(begin, directory.size(), parts.size(), wide);
}

std::vector<ZipPart> torchZipParts(const std::string& object, const StorageBytes& storages) {
  std::vector<ZipPart> parts{{.name = "m/data.pkl", .data = object}, {.name = "m/byteorder", .data = "little"}};
  for (const auto& [key, bytes] : storages) parts.push_back({.name = "m/data/" + key, .data = bytes});
  parts.push_back({.name = "m/version", .data = "3\n"});
  return parts;
}

std::string torchZip(const std::string& object, const StorageBytes& storages) {
  return zipArchive(torchZipParts(object, storages));
}

std::string torchLegacy(const std::string& object, const StorageBytes& storages, std::size_t elementSize) {
  using namespace pickle;
  std::vector<std::string> keys;
  std::string data;
  for (const auto& [key, bytes] : storages) {
    keys.push_back(text(key));
    data += u64(bytes.size() / elementSize) + bytes;
  }
  return whole(std::string("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 12)) + whole(integer(1001)) +
         whole(dict({{"protocol_version", integer(1001)}, {"little_endian", boolean(true)}})) + object +
         whole(list(keys)) + data;
}

StorageBytes simpleStorage() {
  std::string bytes;
  for (const float value : {1.0F, 2.0F, 3.0F, 4.0F}) bytes += little(value);
  return {{"0", bytes}};
}

}  // namespace likeness
