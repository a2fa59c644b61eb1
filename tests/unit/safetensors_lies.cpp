#include "tests/unit/safetensors_lies.h"

// Apart from the test, because Qt's moc stumbles over these raw strings.
namespace likeness {
namespace {

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

// A header of one tensor, "a".
std::string one(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"a":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
}

// A header of two U8 tensors.
std::string two(const std::string& firstName, const std::string& first, const std::string& secondName,
                const std::string& second) {
  const auto tensor = [](const std::string& name, const std::string& rest) {
    return "\"" + name + R"(":{"dtype":"U8",)" + rest + "}";
  };
  return "{" + tensor(firstName, first) + "," + tensor(secondName, second) + "}";
}

}  // namespace

std::vector<SafetensorsLie> safetensorsLies() {
  return {
      {"not JSON", "{nonsense", 0, "not JSON"},
      {"a list", "[]", 0, "not a JSON object"},
      {"leading space", " {}", 0, "not a JSON object"},
      {"two values", "{}{}", 0, "not JSON"},
      {"unfinished", R"({"a":{"dtype":"F32")", 0, "not JSON"},
      {"broken UTF-8", "{\"\xff\xfe\":{}}", 0, "not JSON"},
      {"double name",
       two("a", R"("shape":[1],"data_offsets":[0,1])", "a", R"("shape":[1],"data_offsets":[1,2])"), 2, "twice"},
      {"double field", R"({"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}})", 1, "twice"},
      {"double metadata", R"({"__metadata__":{},"__metadata__":{}})", 0, "twice"},
      {"double metadata key", R"({"__metadata__":{"k":"1","k":"2"}})", 0, "twice"},
      {"metadata number", R"({"__metadata__":{"k":1}})", 0, "number"},
      {"metadata object", R"({"__metadata__":{"k":{}}})", 0, "nested"},
      {"metadata text", R"({"__metadata__":"k"})", 0, "text"},
      {"unknown field", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"run":"me"}})", 1, "unknown field"},
      {"no dtype", R"({"a":{"shape":[1],"data_offsets":[0,1]}})", 1, "lacks"},
      {"no shape", R"({"a":{"dtype":"U8","data_offsets":[0,1]}})", 1, "lacks"},
      {"no offsets", R"({"a":{"dtype":"U8","shape":[1]}})", 1, "lacks"},
      {"empty tensor", R"({"a":{}})", 0, "lacks"},
      {"null tensor", R"({"a":null})", 0, "null"},
      {"number tensor", R"({"a":3})", 0, "number"},
      {"list tensor", R"({"a":[]})", 0, "list"},
      {"unknown dtype", one("F8_E4M3", "[1]", "[0,1]"), 1, "F8_E4M3"},
      {"dtype number", R"({"a":{"dtype":1,"shape":[1],"data_offsets":[0,1]}})", 1, "number"},
      {"one offset", one("U8", "[1]", "[0]"), 1, "lacks"},
      {"three offsets", one("U8", "[1]", "[0,1,2]"), 1, "more than two"},
      {"nested shape", one("U8", "[[1]]", "[0,1]"), 1, "list"},
      {"negative size", one("U8", "[-1]", "[0,1]"), 1, "negative"},
      {"fraction", one("U8", "[1.5]", "[0,1]"), 1, "not whole"},
      {"text size", one("U8", "[\"1\"]", "[0,1]"), 1, "text"},
      {"huge number", one("U8", "[99999999999999999999999]", "[0,1]"), 1, "not whole"},
      {"2^64-1", one("U8", "[18446744073709551615]", "[0,1]"), 1, "too large"},
      {"65 dimensions", one("U8", "[1" + repeated(",1", 64) + "]", "[0,1]"), 1, "dimensions"},
      {"product overflows", one("F32", "[4294967296,4294967296,4294967296]", "[0,4]"), 4, "impossible"},
      {"product wraps to fit", one("F32", "[4611686018427387904,4]", "[0,0]"), 0, "impossible"},
      {"beyond the end", one("U8", "[9]", "[0,9]"), 8, "ends at byte 9"},
      {"far beyond", one("U8", "[1]", "[9223372036854775806,9223372036854775807]"), 1, "ends at byte"},
      {"end before start", one("U8", "[0]", "[1,0]"), 1, "before its start"},
      {"too few bytes", one("F32", "[2]", "[0,4]"), 4, "needs 8"},
      {"too many bytes", one("F32", "[1]", "[0,8]"), 8, "needs 4"},
      {"overlap",
       two("a", R"("shape":[2],"data_offsets":[0,2])", "b", R"("shape":[2],"data_offsets":[1,3])"), 3, "overlap"},
      {"same bytes",
       two("a", R"("shape":[2],"data_offsets":[0,2])", "b", R"("shape":[2],"data_offsets":[0,2])"), 2, "overlap"},
      {"hole", two("a", R"("shape":[1],"data_offsets":[0,1])", "b", R"("shape":[1],"data_offsets":[2,3])"), 3, "hole"},
      {"hole at the start", one("U8", "[1]", "[1,2]"), 2, "hole"},
      {"unaccounted data", one("U8", "[1]", "[0,1]"), 2, "accounts for 1"},
      {"data without tensors", "{}", 5, "accounts for 0"},
      {"deep nesting", R"({"a":)" + repeated("[", 100000), 0, "list"},
      {"deep objects", repeated("{\"a\":", 50000), 0, "unknown field"},
  };
}

}  // namespace likeness
