#include "core/weights/torch_storages.h"

#include "core/base/text.h"

namespace likeness {

Result<std::size_t> TorchStorages::add(std::string_view key, torch::ScalarType dtype, std::int64_t count,
                                       MemoryBudget& budget) {
  constexpr std::size_t kNode = 64;  // what the hash table takes for one
  if (count < 0 || static_cast<std::uint64_t>(count) > m_fileSize / torch::elementSize(dtype)) {
    return damagedFile("claims " + std::to_string(count) + " numbers in storage " + quotedName(key) +
                       ", more than the file holds");
  }
  const TorchStorage storage{key, dtype, static_cast<std::uint64_t>(count)};
  if (const auto* known = find(key)) {
    if (known->dtype != dtype || known->count != storage.count) {
      return damagedFile("describes its storage " + quotedName(key) + " in two ways");
    }
    return m_places.at(key);
  }
  if (!budget.take(kNode) || !budget.append(m_all, storage)) return tooComplexFile();
  m_places.emplace(key, m_all.size() - 1);
  return m_all.size() - 1;
}

TorchStorage* TorchStorages::find(std::string_view key) {
  const auto found = m_places.find(key);
  return found == m_places.end() ? nullptr : &m_all[found->second];
}

Error damagedFile(std::string what) { return {ErrorCode::Corrupt, std::move(what), {}, {}}; }
Error refusedFile(std::string what) { return {ErrorCode::Unsupported, std::move(what), {}, {}}; }
Error tooComplexFile() { return damagedFile("describes more than any model holds"); }

}  // namespace likeness
