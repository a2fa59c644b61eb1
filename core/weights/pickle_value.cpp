#include "core/weights/pickle_value.h"

#include <algorithm>
#include <array>

namespace likeness {
namespace {

using Kind = PickleValue::Kind;

struct Known {
  std::string_view module;
  std::string_view name;
  PickleValue value;
};

constexpr Known function(std::string_view module, std::string_view name, PickleFunction meaning) {
  return {module, name, {Kind::Function, 0, static_cast<std::int64_t>(meaning)}};
}

constexpr Known storage(std::string_view name, torch::ScalarType dtype) {
  return {"torch", name, {Kind::StorageType, 0, static_cast<std::int64_t>(dtype)}};
}

// What real checkpoints name. The numpy functions stand in those of Stable Diffusion 1 (a callback's best score),
// ParameterDict in the embeddings of the first textual inversion code.
constexpr std::array kKnown{
    function("torch._utils", "_rebuild_tensor_v2", PickleFunction::RebuildTensor),
    function("torch._utils", "_rebuild_parameter", PickleFunction::RebuildParameter),
    function("collections", "OrderedDict", PickleFunction::OrderedDict),
    function("torch.nn.modules.container", "ParameterDict", PickleFunction::OrderedDict),
    function("numpy.core.multiarray", "scalar", PickleFunction::Skip),
    function("numpy._core.multiarray", "scalar", PickleFunction::Skip),
    function("numpy", "dtype", PickleFunction::Skip),
    function("_codecs", "encode", PickleFunction::Skip),
    function("__builtin__", "set", PickleFunction::Skip),
    function("builtins", "set", PickleFunction::Skip),
    storage("DoubleStorage", torch::kFloat64),
    storage("FloatStorage", torch::kFloat32),
    storage("HalfStorage", torch::kFloat16),
    storage("BFloat16Storage", torch::kBFloat16),
    storage("LongStorage", torch::kInt64),
    storage("IntStorage", torch::kInt32),
    storage("ShortStorage", torch::kInt16),
    storage("CharStorage", torch::kInt8),
    storage("ByteStorage", torch::kUInt8),
    storage("BoolStorage", torch::kBool),
};

// Training tools key their state by classes, and note dtypes. Naming them does nothing; calling them is refused.
bool mayBeNamed(std::string_view module, std::string_view name) {
  constexpr std::array<std::string_view, 6> kDtypes{"float64", "float32", "float16", "bfloat16", "int64", "uint8"};
  return module.starts_with("pytorch_lightning.") || module.starts_with("lightning.") ||
         (module == "torch" && std::find(kDtypes.begin(), kDtypes.end(), name) != kDtypes.end());
}

}  // namespace

std::optional<PickleValue> PickleData::find(const PickleValue& dict, std::string_view key) const {
  const auto& entries = itemsOf(dict);
  for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
    if (entries[i].is(Kind::Text) && text(entries[i]) == key) return entries[i + 1];
  }
  return std::nullopt;
}

std::optional<PickleValue> knownGlobal(std::string_view module, std::string_view name) {
  for (const auto& known : kKnown) {
    if (known.module == module && known.name == name) return known.value;
  }
  if (mayBeNamed(module, name)) return PickleValue{Kind::ClassName, 0, 0};
  return std::nullopt;
}

}  // namespace likeness
