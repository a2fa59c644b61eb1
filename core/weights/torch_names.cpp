#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.h"
#include "core/weights/tensor_layout.h"
#include "core/weights/torch_contents.h"

namespace likeness {
namespace {

using Kind = PickleValue::Kind;

// Tensors under the names that their dictionaries give them, "outer.inner"; texts and numbers as metadata.
class Namer {
 public:
  Namer(const PickleData& data, const TorchStorages& storages, MemoryBudget& budget)
      : m_data(data), m_storages(storages), m_budget(budget), m_entered(data.items.size()) {}

  Result<void> addDict(const PickleValue& dict, const std::string& prefix, int depth = 0) {
    constexpr int kMaxDepth = 16;
    const auto& entries = m_data.itemsOf(dict);
    if (entries.empty()) return {};
    if (depth == kMaxDepth) return damagedFile("nests its dictionaries more deeply than any model");
    const auto place = static_cast<std::size_t>(dict.number);
    if (m_entered[place]) return damagedFile("holds a dictionary in itself or in two places");
    m_entered[place] = true;
    for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
      LK_TRY(const auto key, keyText(entries[i]));
      if (key.empty()) continue;
      const auto name = prefix.empty() ? key : prefix + "." + key;
      const auto& value = entries[i + 1];
      if (value.is(Kind::Dict)) {
        LK_CHECK(addDict(value, name, depth + 1));
      } else if (value.is(Kind::Tensor)) {
        LK_CHECK(addTensor(name, m_data.tensors[static_cast<std::size_t>(value.number)]));
      } else {
        LK_CHECK(addScalar(name, value));
      }
    }
    return {};
  }

  // Texts and numbers only, as beside a "state_dict".
  Result<void> addScalars(const PickleValue& dict) {
    const auto& entries = m_data.itemsOf(dict);
    for (std::size_t i = 0; i + 1 < entries.size(); i += 2) {
      LK_TRY(const auto key, keyText(entries[i]));
      if (key.empty()) continue;
      LK_CHECK(addScalar(key, entries[i + 1]));
    }
    return {};
  }

  TorchContents finish() {
    findShared();
    return std::move(m_contents);
  }

 private:
  // Empty for a key that is neither a text nor a whole number: what lies there is no weight.
  Result<std::string> keyText(const PickleValue& key) {
    constexpr std::uint32_t kMaxName = 1000;
    if (key.is(Kind::Integer)) return std::to_string(key.number);
    if (!key.is(Kind::Text)) return std::string();
    if (key.length > kMaxName) return damagedFile("holds a name of " + std::to_string(key.length) + " characters");
    const auto text = m_data.text(key);
    if (!isValidUtf8(text)) return damagedFile("holds a name that is not UTF-8");
    return std::string(text);
  }

  Result<void> addTensor(const std::string& name, const PickledTensor& tensor) {
    constexpr std::size_t kNodes = 256;  // what the maps take for one
    if (!m_budget.take(kNodes + 2 * name.size() + 16 * tensor.shape.size())) return tooComplexFile();
    const auto& storage = m_storages.all()[tensor.storage];
    const auto size = torch::elementSize(storage.dtype);
    TensorInfo info{storage.dtype, tensor.shape, storage.begin + tensor.offset * size, 0};
    info.end = info.begin + elementSpan(tensor.shape, tensor.strides).value() * size;
    const auto bytes = byteCount(info.dtype, info.shape).value();
    // Many names for the same bytes are no threat while only views, but copies of them would be.
    m_bytes += bytes;
    if (m_bytes / 4 > m_storages.fileSize() + kSlack) {
      return refusedFile("gives its data so many names that a copy would be many times its size");
    }
    if (tensor.strides != contiguousStrides(tensor.shape)) m_contents.strides.emplace(name, tensor.strides);
    if (bytes > info.end - info.begin) m_contents.shared.insert(name);
    if (!m_contents.tensors.emplace(name, std::move(info)).second) {
      return damagedFile("holds two tensors called " + quotedName(name));
    }
    return {};
  }

  Result<void> addScalar(const std::string& name, const PickleValue& value) {
    constexpr std::uint32_t kMaxText = 65536;
    std::string text;
    if (value.is(Kind::Text)) {
      if (value.length > kMaxText || !isValidUtf8(m_data.text(value))) return {};
      text = m_data.text(value);
    } else if (value.is(Kind::Integer)) {
      text = std::to_string(value.number);
    } else if (value.is(Kind::Bool)) {
      text = value.number != 0 ? "true" : "false";
    } else if (value.is(Kind::Real)) {
      std::array<char, 32> digits{};
      text.assign(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value.asReal()).ptr);
    } else {
      return {};
    }
    if (!m_budget.take(128 + name.size() + text.size())) return tooComplexFile();
    m_contents.metadata.insert_or_assign(name, std::move(text));
    return {};
  }

  // Sorted by their first byte, a tensor overlaps an earlier one if it starts before the furthest end so far.
  void findShared() {
    using Entry = const std::pair<const std::string, TensorInfo>*;
    std::vector<Entry> order;
    for (const auto& entry : m_contents.tensors) {
      if (entry.second.begin != entry.second.end) order.push_back(&entry);
    }
    std::sort(order.begin(), order.end(), [](Entry a, Entry b) { return a->second.begin < b->second.begin; });
    Entry furthest = nullptr;
    for (const auto* entry : order) {
      if (furthest != nullptr && entry->second.begin < furthest->second.end) {
        m_contents.shared.insert(entry->first);
        m_contents.shared.insert(furthest->first);
      }
      if (furthest == nullptr || entry->second.end > furthest->second.end) furthest = entry;
    }
  }

  static constexpr std::uint64_t kSlack = 16'000'000;
  const PickleData& m_data;
  const TorchStorages& m_storages;
  MemoryBudget& m_budget;
  std::vector<bool> m_entered;
  std::uint64_t m_bytes = 0;
  TorchContents m_contents;
};

}  // namespace

Result<TorchContents> nameTorchContents(const PickleData& data, const PickleValue& root, const TorchStorages& storages,
                                        MemoryBudget& budget) {
  if (!root.is(Kind::Dict)) return refusedFile("holds no dictionary of tensors");
  Namer namer(data, storages, budget);
  const auto state = data.find(root, "state_dict");
  if (state && state->is(Kind::Dict)) {
    LK_CHECK(namer.addScalars(root));
    LK_CHECK(namer.addDict(*state, {}));
  } else {
    LK_CHECK(namer.addDict(root, {}));
  }
  auto contents = namer.finish();
  if (contents.tensors.empty()) return refusedFile("holds no tensors");
  return contents;
}

}  // namespace likeness
