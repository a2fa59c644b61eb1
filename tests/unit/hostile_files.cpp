#include "tests/unit/hostile_files.h"

#include <cstring>

#include "tests/support/torch_maker.h"

namespace likeness {
namespace {

std::string withHeader(const std::string& header, std::size_t dataBytes, std::uint64_t claimed = 0) {
  const std::uint64_t length = claimed == 0 ? header.size() : claimed;
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes + header + std::string(dataBytes, '\0');
}

std::string entry(const std::string& name, const std::string& shape, const std::string& offsets) {
  return "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[" + offsets + "]}";
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  while (times-- > 0) all += text;
  return all;
}

// A header of a million tensors without data: within the limit of its length, but not of what it takes.
std::string crowd() {
  std::string header = "{";
  for (int i = 0; i < 500'000; ++i) header += entry(std::to_string(i), "0", "0,0") + ",";
  header.back() = '}';
  return withHeader(header, 0);
}

std::string legacy(const std::string& object, const StorageBytes& storages) { return torchLegacy(object, storages); }

}  // namespace

std::vector<HostileFile> hostileSafetensors() {
  const auto good = "{" + entry("a", "4", "0,16") + "}";
  return {
      {"safetensors: header of 2^63 bytes", "claims", [=] { return withHeader(good, 16, 1ULL << 63); }},
      {"safetensors: header of 2^64 - 1 bytes", "claims", [=] { return withHeader(good, 16, ~0ULL); }},
      {"safetensors: header beyond the end", "before that", [=] { return withHeader(good, 0, good.size() + 17); }},
      {"safetensors: cut in the data", "ends at byte", [=] { return withHeader(good, 15); }},
      {"safetensors: cut in the header", "before that", [=] { return withHeader(good, 16).substr(0, 40); }},
      {"safetensors: more data than listed", "accounts for", [=] { return withHeader(good, 17); }},
      {"safetensors: overlapping tensors", "overlap",
       [] { return withHeader("{" + entry("a", "4", "0,16") + "," + entry("b", "4", "8,24") + "}", 24); }},
      {"safetensors: size overflows", "impossible size",
       [] { return withHeader("{" + entry("a", "4294967296,4294967296,4294967296", "0,16") + "}", 16); }},
      {"safetensors: empty by one size of 0, the others overflow", "impossible size",
       [] { return withHeader("{" + entry("a", "0,4611686018427387904,4611686018427387904", "0,0") + "}", 0); }},
      {"safetensors: nested for ever", "list", [] { return withHeader("{\"a\":" + repeated("[", 1'000'000), 0); }},
      {"safetensors: names a tensor twice", "twice",
       [] { return withHeader("{" + entry("a", "1", "0,4") + "," + entry("a", "1", "4,8") + "}", 8); }},
      {"safetensors: half a million tensors", "more", crowd},
      {"safetensors: header of 40 MB", "more than any",
       [] { return withHeader("{\"" + repeated("a", 40'000'000) + "\":", 0); }},
  };
}

std::vector<HostileFile> hostileLegacyFiles() {
  using namespace pickle;
  const auto whole = legacy(simple(true), simpleStorage());
  const auto changed = [=](const std::string& from, const std::string& to) {
    auto bytes = whole;
    const auto at = bytes.find(from);
    return at == std::string::npos ? std::string() : bytes.replace(at, from.size(), to);
  };
  const auto shell = call(global("posix", "system"), {text("touch /tmp/likeness-was-here")});
  return {
      {"legacy: cut in the magic number", "is cut short", [=] { return whole.substr(0, 9); }},
      {"legacy: cut in the object", "is cut short", [=] { return whole.substr(0, 200); }},
      {"legacy: cut before the storages", "is cut short", [=] { return whole.substr(0, whole.size() - 24); }},
      {"legacy: cut in a storage", "is cut short", [=] { return whole.substr(0, whole.size() - 1); }},
      {"legacy: another pickle", "not one of PyTorch's", [] { return pickle::whole(dict({{"a", integer(1)}})); }},
      {"legacy: calls posix.system at once", "posix.system", [=] { return pickle::whole(shell); }},
      {"legacy: calls posix.system in the object", "posix.system",
       [=] { return legacy(pickle::whole(shell), simpleStorage()); }},
      {"legacy: of an unknown version", "version", [=] { return changed(integer(1001) + ".", integer(1002) + "."); }},
      {"legacy: big-endian", "big-endian",
       [=] { return changed(text("little_endian") + "\x88", text("little_endian") + "\x89"); }},
      {"legacy: storages that no tensor has", "do not have", [] { return legacy(simple(true), {{"9", "abcd"}}); }},
      {"legacy: a storage listed twice", "do not have",
       [] { return legacy(simple(true), {simpleStorage()[0], simpleStorage()[0]}); }},
      {"legacy: a storage missing", "lacks a storage", [] { return legacy(simple(true), {}); }},
      {"legacy: a storage of two sizes", "two sizes", [] { return legacy(simple(true), {{"0", std::string(20, 'x')}}); }},
  };
}

std::vector<HostileFile> filesOfOtherKinds() {
  const auto fixed = [](std::string bytes) { return [bytes = std::move(bytes)] { return bytes; }; };
  return {
      {"nothing", "is empty", fixed("")},
      {"seven bytes", "not a file of weights", fixed("1234567")},
      {"zeros", "not a file of weights", fixed(std::string(4096, '\0'))},
      {"ones", "not a file of weights", fixed(std::string(4096, '\xff'))},
      {"text", "not a file of weights", fixed("Dear diary,\nthis is not a model.\n")},
      {"web page", "web page", fixed("<!DOCTYPE html><html><body>404</body></html>")},
      {"Git LFS pointer", "Git LFS", fixed("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 4\n")},
      {"gzip", "gzip", fixed("\x1f\x8b\x08 and so on")},
      {"GGUF", "GGUF", fixed("GGUF\x03 and so on")},
      {"empty zip", "empty or damaged zip", fixed(zipArchive({}))},
      {"PNG", "not a file of weights", fixed("\x89PNG\r\n\x1a\n and so on")},
  };
}

std::vector<HostileFile> hostileFiles() {
  std::vector<HostileFile> all;
  for (const auto& part : {hostileSafetensors(), hostileZips(), hostilePickles(), hostileLegacyFiles(), filesOfOtherKinds()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace likeness
