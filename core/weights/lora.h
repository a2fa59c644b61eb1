#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/model/low_rank.h"
#include "core/weights/lora_file.h"
#include "core/weights/lora_names.h"

namespace likeness {

/// What a LoRA does to one module of a model; its scale is α/r, at weight 1.
struct LoraModule {
  LoraTarget target;
  LowRankChange change;

  [[nodiscard]] double alpha() const { return change.scale * static_cast<double>(change.rank()); }
};

/// A LoRA read for one model.
struct Lora {
  std::filesystem::path path;
  std::vector<LoraModule> modules;
  std::vector<std::string> unknown;  ///< what the file changes and the model doesn't have, as the file names it
  std::string family;                ///< what it was made for, if that shows; see LoraFile::family()

  /// Empty if everything fits; else a sentence that counts what was left out and names the first few.
  [[nodiscard]] std::string report(const LoraNames& names) const;
};

/// Reads a LoRA file, in any spelling, for the model that `names` describes.
/// Dtype and device: as in the file, on the CPU; tensors may be views of it. Threads: any.
/// Errors: those of LoraFile::open(); Unsupported if nothing in it fits the model, or a shape doesn't, in a sentence
/// that names both families; Corrupt for a rank of 0, an α or a weight that isn't a number, or an α that would multiply
/// by over a thousand.
[[nodiscard]] Result<Lora> openLora(const std::filesystem::path& path, const LoraNames& names);

/// The same of an opened file.
[[nodiscard]] Result<Lora> fitLora(const LoraFile& file, const LoraNames& names);

}  // namespace likeness
