#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/weights/memory_budget.h"
#include "core/weights/pickle_value.h"
#include "core/weights/tensor_source.h"
#include "core/weights/torch_storages.h"

namespace likeness {

/// What a file of torch.save holds: where each tensor lies, checked against the file; nothing of the data is read.
struct TorchContents {
  std::map<std::string, TensorInfo> tensors;                   ///< begin and end count from the file's first byte
  std::map<std::string, std::vector<std::int64_t>> strides;  ///< of the tensors that are not contiguous, in elements
  std::set<std::string> shared;                              ///< tensors whose bytes belong to another too, or repeat
  Metadata metadata;
};

/// True if the file starts as PyTorch's zip format does, or as its format before 1.6 does.
[[nodiscard]] bool looksLikeTorchZip(std::span<const std::byte> file);
[[nodiscard]] bool looksLikePickle(std::span<const std::byte> file);

/// Reads the contents of a whole file in memory, in either format; see TorchFile for what they are. Memory: 48 MB at most,
/// whatever the file holds. Errors: Corrupt, Unsupported; they name `path`.
[[nodiscard]] Result<TorchContents> readTorchContents(std::span<const std::byte> file,
                                                      const std::filesystem::path& path);

/// The two formats: the object that was saved, with its storages located. Errors are middles of a sentence.
[[nodiscard]] Result<PickleValue> readTorchZip(std::span<const std::byte> file, PickleData& data,
                                               TorchStorages& storages, MemoryBudget& budget);
[[nodiscard]] Result<PickleValue> readTorchLegacy(std::span<const std::byte> file, PickleData& data,
                                                  TorchStorages& storages, MemoryBudget& budget);

/// Names the tensors, texts and numbers in the object `root`. Errors are middles of a sentence.
[[nodiscard]] Result<TorchContents> nameTorchContents(const PickleData& data, const PickleValue& root,
                                                      const TorchStorages& storages, MemoryBudget& budget);

}  // namespace likeness
