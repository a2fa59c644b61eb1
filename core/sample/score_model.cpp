#include "core/sample/score_model.h"

#include "core/model/memory_layout.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/load_module.h"
#include "core/weights/open_weights.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

Result<TensorSources> weightsOf(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return openComponentWeights(path);
  LK_TRY(auto file, openWeightsFile(path));
  return TensorSources{std::move(file)};
}

// Made for good only once its sizes are known to be those of the file, so that a config can't ask for any memory.
template <typename Holder, typename Config>
Result<Holder> load(const Config& config, const TensorSources& files, const LoadOptions& options,
                    const fs::path& path) {
  std::map<std::string, std::vector<std::int64_t>> there;
  for (const auto& file : files) {
    for (const auto& [name, info] : file->tensors()) {
      const auto ours = options.renameKey(name);
      if (!ours.empty()) there[ours.starts_with("text_model.") ? ours.substr(11) : ours] = info.shape;
    }
  }
  {
    const ParameterDeviceGuard guard(torch::kMeta);
    Holder sketch(config);
    for (const auto& parameter : sketch->named_parameters()) {
      const auto found = there.find(parameter.key());
      if (found != there.end() && parameter.value().sizes() == at::IntArrayRef(found->second)) continue;
      const auto what = found == there.end() ? " lacks the tensor for " : " has another size than its config.json for ";
      return Error{ErrorCode::Corrupt,
                   path.string() + what + parameter.key() + ". Copy or download the whole CLIP or DINO folder again.",
                   {},
                   path.string()};
    }
  }
  Holder model(config);
  LK_TRY(const auto report, loadModule(*model, files, options));
  static_cast<void>(report);
  for (auto& parameter : model->parameters()) parameter.set_requires_grad(false);
  return model;
}

Result<ClipTextConfig> textConfig(const Json& json, const fs::path& file) {
  const auto text = json.find("text_config");
  LK_TRY(auto config, ClipTextConfig::fromJson(text != json.end() && text->is_object() ? *text : Json::object(), file));
  LK_TRY(const auto vision, VisionTransformerConfig::fromJson(json, file));
  config.projectionSize = vision.projectionSize;
  return config;
}

torch::Tensor ofLengthOne(const torch::Tensor& rows) {
  return rows / rows.norm(2, {1}, true).clamp_min(1e-12);
}

}  // namespace

Result<ScoreModel> ScoreModel::open(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return Error{ErrorCode::NotFound,
                 "There is no " + path.string() +
                     " to score with. Set score_model to the folder of a CLIP or DINO, or leave it empty.",
                 {}, path.string()};
  }
  const auto folder = fs::is_directory(path, ignored) ? path : path.parent_path();
  LK_TRY(const auto json, readJsonFile(folder / "config.json"));
  LK_TRY(const auto config, VisionTransformerConfig::fromJson(json, folder / "config.json"));
  LK_TRY(const auto files, weightsOf(path));
  ScoreModel model;
  LoadOptions naming;
  naming.renameKey = [kind = config.kind](const std::string& name) { return visionName(kind, name); };
  LK_TRY(model.m_vision, load<VisionTransformer>(config, files, naming, path));
  model.m_steps = ScorePreprocessing::usual(config);
  const auto steps = folder / "preprocessor_config.json";
  if (fs::exists(steps, ignored)) {
    LK_TRY(const auto said, readJsonFile(steps));
    LK_TRY(model.m_steps, ScorePreprocessing::fromJson(said, steps, model.m_steps));
  }
  const auto [width, height] = model.m_steps.outputSize();
  const bool fits = config.kind == VisionKind::Clip
                        ? width / config.patchSize == config.imageSize / config.patchSize && width == height
                        : width >= config.patchSize && height >= config.patchSize;
  if (!fits || width % config.patchSize != 0 || height % config.patchSize != 0) {
    return Error{ErrorCode::Corrupt,
                 steps.string() + " makes pictures of " + std::to_string(width) + " by " + std::to_string(height) +
                     " pixels, which the model of this folder does not take. Copy or download the folder again.",
                 {},
                 steps.string()};
  }
  if (json.contains("text_config") || json.value("model_type", "") == "clip") {
    LK_TRY(const auto text, textConfig(json, folder / "config.json"));
    naming.renameKey = [](const std::string& name) {
      const bool text = name.starts_with("text_model.") || name == "text_projection.weight";
      return text && !name.ends_with("position_ids") ? name : std::string();
    };
    LK_TRY(model.m_text, load<ClipTextModel>(text, files, naming, path));
    if (fs::exists(folder / "vocab.json", ignored) || fs::exists(folder / "tokenizer.json", ignored)) {
      LK_TRY(model.m_tokenizer, ClipTokenizer::open(folder));
    }
  }
  return model;
}

const char* ScoreModel::pictureScore() const {
  return m_vision->config().kind == VisionKind::Clip ? "clip_i" : "dino";
}

torch::Tensor ScoreModel::pictures(std::span<const Image> images) const {
  std::vector<torch::Tensor> rows;
  for (const auto& image : images) rows.push_back(picturesOf(m_steps.apply(image)));
  return torch::cat(rows);
}

torch::Tensor ScoreModel::picturesOf(const torch::Tensor& pixels) const {
  const torch::NoGradGuard noGrad;
  return ofLengthOne(m_vision->forward(pixels));
}

torch::Tensor ScoreModel::texts(const std::vector<std::string>& texts, const ClipTokenizer& usual) const {
  TORCH_CHECK(m_text, "this model reads no text");
  const auto& tokenizer = m_tokenizer ? *m_tokenizer : usual;
  std::vector<torch::Tensor> rows;
  for (const auto& text : texts) {
    auto ids = tokenizer.encode(text);
    const auto room = static_cast<std::size_t>(std::max<std::int64_t>(2, m_text->config().maxPositions)) - 2;
    if (ids.size() > room) ids.resize(room);
    ids.insert(ids.begin(), tokenizer.startToken());
    ids.push_back(tokenizer.endToken());  // nothing after it counts: attention is causal
    rows.push_back(textsOf(torch::tensor(ids, torch::kInt64).unsqueeze(0)));
  }
  return torch::cat(rows);
}

torch::Tensor ScoreModel::textsOf(const torch::Tensor& ids) const {
  TORCH_CHECK(m_text, "this model reads no text");
  const torch::NoGradGuard noGrad;
  auto text = m_text;
  return ofLengthOne(text->forward(ids).projected);
}

void ScoreModel::rest() const {
  releaseWeights(*m_vision);
  if (m_text) releaseWeights(*m_text);
}

}  // namespace likeness
