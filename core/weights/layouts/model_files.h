#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/weights/model_family.h"
#include "core/weights/tensor_source.h"

namespace likeness {

/// The parts of a model that hold weights, by the names of diffusers' folders; the last one is SDXL's only.
inline constexpr const char* kUNet = "unet";
inline constexpr const char* kVae = "vae";
inline constexpr const char* kTextEncoder = "text_encoder";
inline constexpr const char* kTextEncoder2 = "text_encoder_2";

/// The size of one dimension of a tensor, 0 if there is none. At most a billion, which no model has, so that what is
/// reckoned with it stays in range whatever a file says.
[[nodiscard]] std::int64_t sizeOf(const TensorSource& file, const std::string& tensor, std::size_t dimension);

/// One part: its weights under diffusers' names (text encoders with the prefix text_model.), and its config.json.
struct ModelPart {
  std::shared_ptr<const TensorSource> weights;
  Json config;
};

/// A whole model, whatever layout it lies in. Nothing of the weights is read before a tensor is asked for.
struct ModelFiles {
  std::filesystem::path path;
  ModelFamily family = ModelFamily::Sd1;
  bool singleFile = false;

  std::map<std::string, ModelPart> parts;  ///< those that are there
  Json modelIndex, scheduler;
  /// "tokenizer" and "tokenizer_2": an object each with what stands beside the vocabulary, by file name without .json
  /// (special_tokens_map, tokenizer_config, added_tokens).
  std::map<std::string, Json> tokenizers;
  std::map<std::string, std::filesystem::path> vocabularies;  ///< folders with vocab.json and merges.txt; by tokenizer

  /// A second set of the UNet's weights: the plain ones if `unetIsEma` (the part "unet" is the moving average then),
  /// else the moving average. Empty if there is only one set.
  std::shared_ptr<const TensorSource> otherUnet;
  bool unetIsEma = false;

  /// Whether scheduler["prediction_type"] is known, and from where, for people ("its metadata say so"). If not, only
  /// running the UNet tells: see looksLikeVPrediction().
  bool predictionKnown = true;
  std::string predictionFrom;

  Metadata metadata;               ///< of a single file
  std::vector<std::string> notes;  ///< sentences on what was found and how it was understood

  [[nodiscard]] bool has(const std::string& part) const { return parts.contains(part); }
  /// The parts that the family has and these lack, in diffusers' order.
  [[nodiscard]] std::vector<std::string> missing() const;
  [[nodiscard]] std::int64_t unetInChannels() const;   ///< 9 for inpainting
  [[nodiscard]] std::int64_t latentChannels() const;   ///< what the UNet predicts, 4 for Stable Diffusion
  [[nodiscard]] bool inpainting() const { return unetInChannels() == 2 * latentChannels() + 1; }
  [[nodiscard]] bool predictsV() const;
};

/// Sets what predicting v or noise means for scheduler and size, once it is known.
void setPrediction(ModelFiles& model, bool v);

struct OpenModelOptions {
  /// Which of two sets of UNet weights becomes the part "unet": the moving average or the plain ones. Without a value
  /// the one that the layout's other readers use: the file that diffusers loads, or `model.diffusion_model.`.
  std::optional<bool> ema = {};
};

/// Opens a model from a folder in diffusers layout or a single file in CompVis's; says which kind of file it is
/// otherwise. Parts may be missing; see missing(). Reads headers and configs only.
/// Errors: NotFound, Corrupt, Unsupported, each naming the file and the next step.
[[nodiscard]] Result<ModelFiles> openModelFiles(const std::filesystem::path& path, const OpenModelOptions& options = {});

/// The same for a file that is open already.
[[nodiscard]] Result<ModelFiles> openSingleFile(std::shared_ptr<const TensorSource> file,
                                                const OpenModelOptions& options = {});

/// Replaces the part "vae", "text_encoder" or "text_encoder_2" by the one in `path`: a file with only that part (in
/// CompVis's, OpenCLIP's or diffusers' names), a single-file model, a part's folder, or a model folder. The VAE's
/// scaling stays the model's own, which its UNet was trained with, unless the replacement's config says otherwise.
/// Errors: Unsupported if `path` holds no such part or one that does not fit the model.
[[nodiscard]] Result<void> replacePart(ModelFiles& model, const std::string& part, const std::filesystem::path& path);

}  // namespace likeness
