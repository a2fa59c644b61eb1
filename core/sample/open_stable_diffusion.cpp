#include <array>
#include <optional>

#include "core/model/memory_layout.h"
#include "core/sample/stable_diffusion.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/load_module.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr std::array kNeededFiles = {"text_encoder/config.json", "unet/config.json", "vae/config.json",
                                     "scheduler/scheduler_config.json", "tokenizer/vocab.json",
                                     "tokenizer/merges.txt"};

// Several findings in one error, so that a person can mend all of them at once; the first one's code counts.
class Findings {
 public:
  explicit Findings(const fs::path& folder) : m_folder(folder) {}

  void add(const Error& error) {
    if (!m_error) {
      m_error = error;
      return;
    }
    m_error->message += " " + error.message;
    if (!error.detail.empty()) m_error->detail += (m_error->detail.empty() ? "" : "\n") + error.detail;
    m_error->path = m_folder.string();
  }
  // The value, or nothing when it was an error, which is kept.
  template <typename T>
  std::optional<T> take(Result<T> result) {
    if (result.ok()) return std::move(result).value();
    add(result.error());
    return std::nullopt;
  }
  [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

 private:
  fs::path m_folder;
  std::optional<Error> m_error;
};

Error unsupported(const fs::path& folder, const std::string& what) {
  return Error{ErrorCode::Unsupported, folder.string() + " " + what, {}, folder.string()};
}

Result<void> checkFolder(const fs::path& folder) {
  std::error_code failure;
  const auto status = fs::status(folder, failure);
  if (!fs::exists(status)) {
    return Error{ErrorCode::NotFound,
                 "There is no model folder " + folder.string() +
                     ". Check the path, or leave it out to use the model that comes with the program.",
                 {}, folder.string()};
  }
  if (!fs::is_directory(status)) {
    return unsupported(folder, "is not a folder. This version opens Stable Diffusion models in the diffusers layout: "
                               "choose the folder that holds model_index.json.");
  }
  if (!fs::exists(folder / "model_index.json", failure)) {
    return Error{ErrorCode::NotFound,
                 folder.string() +
                     " holds no model_index.json, so it is not a Stable Diffusion folder in the diffusers layout. "
                     "Choose the folder that holds that file.",
                 {}, (folder / "model_index.json").string()};
  }
  return {};
}

// All files that are missing, in one sentence.
Result<void> checkFiles(const fs::path& folder) {
  std::string missing;
  std::error_code failure;
  for (const char* name : kNeededFiles) {
    if (!fs::is_regular_file(folder / name, failure)) missing += (missing.empty() ? "" : ", ") + std::string(name);
  }
  if (missing.empty()) return {};
  return Error{ErrorCode::NotFound,
               "The model " + folder.string() + " is incomplete: " + missing +
                   " is missing. Copy or download the whole model again.",
               {}, folder.string()};
}

bool hasComponent(const Json& index, const char* name) {
  const auto found = index.find(name);
  return found != index.end() && found->is_array() && !found->empty() && !found->front().is_null();
}

Result<void> checkKind(const fs::path& folder, const Json& index) {
  for (const char* extra : {"text_encoder_2", "transformer", "prior", "controlnet"}) {
    if (hasComponent(index, extra)) {
      return unsupported(folder, "has a component " + std::string(extra) +
                                     ", which this version can't use. Choose a Stable Diffusion 1.x or 2.x model.");
    }
  }
  return {};
}

struct Parsed {
  StableDiffusionConfigs json;
  std::optional<ClipTextConfig> textEncoder;
  std::optional<UNet2DConditionConfig> unet;
  std::optional<AutoencoderKlConfig> vae;
  std::optional<NoiseScheduleConfig> scheduler;
  std::optional<ClipTokenizer> tokenizer;
};

template <typename Config>
std::optional<Config> parse(Findings& findings, std::optional<Json> json, const fs::path& file, Json& keep) {
  if (!json) return std::nullopt;
  keep = std::move(*json);
  return findings.take(Config::fromJson(keep, file));
}

Parsed parseAll(const fs::path& folder, Json index, Findings& findings) {
  Parsed parsed;
  parsed.json.modelIndex = std::move(index);
  const auto read = [&](const char* name) { return findings.take(readJsonFile(folder / name)); };
  parsed.textEncoder = parse<ClipTextConfig>(findings, read(kNeededFiles[0]), folder / kNeededFiles[0],
                                             parsed.json.textEncoder);
  parsed.unet = parse<UNet2DConditionConfig>(findings, read(kNeededFiles[1]), folder / kNeededFiles[1],
                                             parsed.json.unet);
  parsed.vae = parse<AutoencoderKlConfig>(findings, read(kNeededFiles[2]), folder / kNeededFiles[2], parsed.json.vae);
  parsed.scheduler =
      parse<NoiseScheduleConfig>(findings, findings.take(readSchedulerJson(folder / kNeededFiles[3])),
                                 folder / kNeededFiles[3], parsed.json.scheduler);
  parsed.tokenizer = findings.take(ClipTokenizer::open(folder / "tokenizer"));
  return parsed;
}

// What the parts must agree on.
void checkAgreement(const fs::path& folder, const Parsed& parsed, Findings& findings) {
  const auto disagree = [&](const std::string& what) {
    findings.add(Error{ErrorCode::Corrupt,
                       "The parts of the model " + folder.string() + " don't belong together: " + what +
                           ". Copy or download the whole model again.",
                       {}, folder.string()});
  };
  const auto number = [](auto value) { return std::to_string(value); };
  const std::int64_t latents = parsed.vae->latentChannels;
  if (parsed.unet->crossAttentionDim() != parsed.textEncoder->hiddenSize) {
    disagree("the UNet expects text of width " + number(parsed.unet->crossAttentionDim()) +
             ", the text encoder gives " + number(parsed.textEncoder->hiddenSize));
  }
  if (parsed.unet->inChannels != latents && parsed.unet->outChannels == latents) {
    findings.add(unsupported(folder, "has a UNet of " + number(parsed.unet->inChannels) + " input channels over " +
                                         number(latents) +
                                         " latent channels, as inpainting and editing models have. Choose a "
                                         "text-to-image model."));
  } else if (parsed.unet->inChannels != latents || parsed.unet->outChannels != latents) {
    disagree("the UNet works on " + number(parsed.unet->inChannels) + " to " + number(parsed.unet->outChannels) +
             " latent channels, the VAE on " + number(latents));
  }
  if (static_cast<std::int64_t>(parsed.tokenizer->maxLength()) > parsed.textEncoder->maxPositions) {
    disagree("the tokenizer gives " + number(parsed.tokenizer->maxLength()) + " tokens, the text encoder takes " +
             number(parsed.textEncoder->maxPositions));
  }
  if (static_cast<std::int64_t>(parsed.tokenizer->vocabularySize()) > parsed.textEncoder->vocabSize) {
    disagree("the tokenizer knows " + number(parsed.tokenizer->vocabularySize()) + " tokens, the text encoder " +
             number(parsed.textEncoder->vocabSize));
  }
  if (parsed.unet->addition) {
    findings.add(unsupported(folder, "is of the SDXL kind, which this version can't sample. Choose a Stable Diffusion "
                                     "1.x or 2.x model."));
  }
}

void load(torch::nn::Module& module, const fs::path& folder, Findings& findings, JobControl* control) {
  if (control != nullptr) control->proceedOrThrow();
  const auto files = findings.take(openComponentWeights(folder));
  if (!files) return;
  findings.take(loadModule(module, *files));
  for (const auto& parameter : module.parameters()) parameter.requires_grad_(false);
  module.eval();
}

Result<StableDiffusion> openParts(const fs::path& folder, JobControl* control) {
  LK_CHECK(checkFolder(folder));
  LK_TRY(Json index, readJsonFile(folder / "model_index.json"));
  LK_CHECK(checkKind(folder, index));
  LK_CHECK(checkFiles(folder));
  Findings findings(folder);
  Parsed parsed = parseAll(folder, std::move(index), findings);
  if (findings.error()) return *findings.error();
  checkAgreement(folder, parsed, findings);
  if (findings.error()) return *findings.error();

  StableDiffusion model{folder,
                        std::make_shared<const StableDiffusionConfigs>(std::move(parsed.json)),
                        *parsed.tokenizer,
                        ClipTextModel(*parsed.textEncoder),
                        UNet2DConditionModel(*parsed.unet),
                        AutoencoderKl(*parsed.vae),
                        NoiseSchedule(*parsed.scheduler)};
  load(*model.textEncoder, folder / "text_encoder", findings, control);
  load(*model.unet, folder / "unet", findings, control);
  load(*model.vae, folder / "vae", findings, control);
  if (findings.error()) return *findings.error();
  // The UNet stays contiguous: its rounding errors are what samplers amplify. The trainer lays its own copy out.
  useChannelsLast(*model.vae);
  return model;
}

}  // namespace

Result<StableDiffusion> openStableDiffusion(const fs::path& folder, JobControl* control) {
  try {
    return openParts(folder, control);
  } catch (const ErrorException& exception) {
    return exception.error();
  } catch (const fs::filesystem_error& exception) {
    return systemError(exception.code().value(), "read the model folder", folder.string());
  }
}

}  // namespace likeness
