#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/weights/layouts/recognize.h"
#include "core/weights/lora_key.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// The tensors of one module in a LoRA file, by their names there; empty where the file has none.
struct LoraEntry {
  std::string prefix;
  std::optional<LoraComponent> component;
  std::string module;
  std::string down, up, mid, alpha, magnitude;
  bool perInput = false;  ///< see LoraKey
};

/// What stands beside the tensors of a PEFT adapter about α and rank: adapter_config.json, or diffusers' metadata.
class LoraSettings {
 public:
  LoraSettings() = default;
  /// Errors: Corrupt or Unsupported, naming `path`.
  [[nodiscard]] static Result<LoraSettings> fromJson(const Json& settings, const std::filesystem::path& path);

  /// The factor of up·down for a module of this rank: α/r, or α/√r if they say so.
  [[nodiscard]] double scale(const std::string& module, std::int64_t rank) const;

 private:
  [[nodiscard]] double alpha(const std::string& module) const;

  double m_alpha = 0;
  std::map<std::string, double, std::less<>> m_alphas;  ///< by the end of a module's name, or by ^ and the whole
  bool m_rankStabilised = false;
};

/// A LoRA file of any spelling (see LoraKey), opened: its names are sorted out, its tensors not yet read.
/// Errors: those of the file's format; NotFound; Corrupt if a module lacks its up or down; Unsupported if it holds no
/// LoRA, an adapter of another kind (named: LoKr, LoHa, OFT, IA3, …), or is for another kind of model.
class LoraFile {
 public:
  /// Also reads adapter_config.json beside a file that PEFT wrote (adapter_model.*).
  [[nodiscard]] static Result<LoraFile> open(const std::filesystem::path& path);

  /// The same of a file that is open already.
  [[nodiscard]] static Result<LoraFile> read(std::shared_ptr<const TensorSource> source);

  [[nodiscard]] const std::filesystem::path& path() const { return m_source->path(); }
  [[nodiscard]] const TensorSource& source() const { return *m_source; }
  [[nodiscard]] const std::vector<LoraEntry>& entries() const { return m_entries; }
  /// Names of tensors that belong to no LoRA.
  [[nodiscard]] const std::vector<std::string>& others() const { return m_others; }
  /// None if the file says nothing about α.
  [[nodiscard]] const LoraSettings* settings(std::optional<LoraComponent> component) const;

  /// What the file was made for, as in "Stable Diffusion XL"; empty if that doesn't show. See Recognized::madeFor.
  [[nodiscard]] const std::string& family() const { return m_what.madeFor; }

 private:
  [[nodiscard]] Result<void> readSettings();

  std::shared_ptr<const TensorSource> m_source;
  Recognized m_what;
  std::vector<LoraEntry> m_entries;
  std::vector<std::string> m_others;
  std::map<std::optional<LoraComponent>, LoraSettings> m_settings;
};

}  // namespace likeness
