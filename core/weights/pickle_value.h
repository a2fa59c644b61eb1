#pragma once
#include <bit>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {

/// One value that a pickle describes: data, never code. Numbers stand in it, everything else in the PickleData.
struct PickleValue {
  enum class Kind : std::uint8_t {
    None,
    Bool,
    Integer,
    Real,
    Text,          ///< number is where it starts in the pickle, length its bytes
    WideInteger,   ///< of more than eight bytes; as Text
    Tuple,         ///< number is its place in PickleData::items, as of List and Dict
    List,
    Dict,          ///< items are key, value, key, value, …
    Function,      ///< number is a PickleFunction
    StorageType,   ///< number is a torch::ScalarType
    ClassName,     ///< a class that is only named; number is its place in PickleData::classNames
    Storage,       ///< number is its place in TorchStorages
    Tensor,        ///< number is its place in PickleData::tensors
    Skipped,       ///< an object that no weights are in
  };
  Kind kind = Kind::None;
  std::uint32_t length = 0;
  std::int64_t number = 0;

  static PickleValue real(double value) { return {Kind::Real, 0, std::bit_cast<std::int64_t>(value)}; }
  [[nodiscard]] double asReal() const { return std::bit_cast<double>(number); }
  [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
};

/// What a file of tensors may call. The first three give data; calls of `Skip` are skipped, their result is not used.
enum class PickleFunction : std::int64_t {
  RebuildTensor,     ///< torch._utils._rebuild_tensor_v2
  RebuildParameter,  ///< torch._utils._rebuild_parameter: the tensor that it wraps
  OrderedDict,       ///< collections.OrderedDict, and torch's ParameterDict, which is kept as one
  Skip,              ///< numpy scalars and sets, as training tools put them beside the weights
};

/// A tensor as a pickle describes it, checked against its storage's length.
struct PickledTensor {
  std::size_t storage = 0;  ///< its place in TorchStorages
  std::uint64_t offset = 0;  ///< of its first element, in elements
  std::vector<std::int64_t> shape;
  std::vector<std::int64_t> strides;  ///< in elements
};

/// Everything that the values of a pickle refer to.
struct PickleData {
  std::span<const std::byte> pickle;  ///< texts lie in it
  std::deque<std::vector<PickleValue>> items;
  std::deque<PickledTensor> tensors;
  std::deque<std::string> classNames;

  [[nodiscard]] std::string_view text(const PickleValue& value) const {
    return {reinterpret_cast<const char*>(pickle.data()) + value.number, value.length};
  }
  [[nodiscard]] const std::vector<PickleValue>& itemsOf(const PickleValue& value) const {
    return items[static_cast<std::size_t>(value.number)];
  }
  /// The value of a dictionary at a text key, if there.
  [[nodiscard]] std::optional<PickleValue> find(const PickleValue& dict, std::string_view key) const;
};

/// What the name of a class or function stands for, by its module and name; nothing if it has no place in a file of
/// tensors. ClassName means that it may be named but not called.
[[nodiscard]] std::optional<PickleValue> knownGlobal(std::string_view module, std::string_view name);

}  // namespace likeness
