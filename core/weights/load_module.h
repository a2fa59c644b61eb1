#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/tensor/torch.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// What a load found, by the module's names (missing, wrongShape) and the file's (unexpected).
struct LoadReport {
  std::vector<std::string> missing;     ///< in the module, not in the files
  std::vector<std::string> unexpected;  ///< in the files, not in the module
  std::vector<std::string> wrongShape;  ///< "conv_in.weight is [96, 4, 3, 3] in the file, [96, 8, 3, 3] in the model"

  /// True if every parameter and buffer was filled.
  [[nodiscard]] bool complete() const { return missing.empty() && wrongShape.empty(); }

  /// One or two sentences with counts and the first few names; `file` says what was read.
  [[nodiscard]] std::string sentence(const std::string& file) const;

  /// Every name, one a line.
  [[nodiscard]] std::string detail() const;
};

struct LoadOptions {
  torch::ScalarType dtype = torch::kFloat32;  ///< what floating-point parameters become; integers stay as they are
  /// The module's name for a name of the file, an empty string to skip it. Applied before our own renaming.
  std::function<std::string(const std::string&)> renameKey = {};
  JobControl* control = nullptr;  ///< asked before each tensor; a stop is Cancelled, with the module partly filled
};

/// Fills every parameter and buffer of `module` from `files`.
/// Where the file's dtype is the wanted one the parameter becomes a view of the mapping (private, copy-on-write, so
/// training never writes to the file; see SafetensorsFile::tensor for what two loads of one file share); else it is
/// converted, one copy. Two loads must not share what they train: open the file again for the second.
/// Also read: the older attention names of the VAE (query, key, value, proj_attn) and its 1×1 convolutions as linear
/// weights and the reverse, `text_model.` present or absent; `position_ids` is ignored.
/// Device: CPU; move the module afterwards. requires_grad is kept. Threads: one.
/// Errors: Corrupt if anything is missing or wrongly shaped (all names are in the detail, the module is unchanged);
/// what is unexpected is only reported and logged.
[[nodiscard]] Result<LoadReport> loadModule(torch::nn::Module& module, const TensorSources& files,
                                            const LoadOptions& options = {});

/// What loadModule would find; nothing is loaded or changed. The module may lie on torch::kMeta.
[[nodiscard]] LoadReport compareModule(torch::nn::Module& module, const TensorSources& files);

}  // namespace likeness
