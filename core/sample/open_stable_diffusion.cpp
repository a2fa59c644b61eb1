#include "core/sample/model_parts.h"
#include "core/sample/open_model_files.h"
#include "core/text/byte_pairs.h"
#include "core/weights/diffusers_folder.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

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
Result<void> checkFiles(const fs::path& folder, bool xl) {
  std::vector<std::string> needed = {"text_encoder/config.json",        "unet/config.json",     "vae/config.json",
                                     "scheduler/scheduler_config.json", "tokenizer/vocab.json", "tokenizer/merges.txt"};
  if (xl) needed.insert(needed.end(), {"text_encoder_2/config.json", "tokenizer_2/vocab.json", "tokenizer_2/merges.txt"});
  std::string missing;
  std::error_code failure;
  for (const auto& name : needed) {
    if (fs::is_regular_file(folder / name, failure)) continue;
    // transformers 5 saves vocabulary and merges in one file.
    const auto file = fs::path(name).filename();
    const bool vocabulary = file == "vocab.json" || file == "merges.txt";
    if (vocabulary && vocabularyFile((folder / name).parent_path()).filename() == "tokenizer.json") continue;
    missing += (missing.empty() ? "" : ", ") + name;
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
  const std::string advice = "Choose a Stable Diffusion 1.x, 2.x or XL model.";
  for (const char* extra : {"text_encoder_3", "transformer", "prior", "controlnet", "adapter", "depth_estimator"}) {
    if (hasComponent(index, extra)) {
      return unsupported(folder, "has a component " + std::string(extra) + ", which this version can't use. " + advice);
    }
  }
  if (hasComponent(index, "text_encoder_2") && !hasComponent(index, "text_encoder")) {
    return unsupported(folder, "has only the second of SDXL's text encoders, as its refiner has. Choose the SDXL base "
                               "model.");
  }
  return {};
}

// Reads a folder's configs and vocabularies, whatever is wrong with some of them.
class FolderReader {
 public:
  FolderReader(const fs::path& folder, Findings& findings) : m_folder(folder), m_findings(findings) {}

  ModelParts read(Json index) {
    ModelParts parts;
    parts.xl = hasComponent(index, "text_encoder_2");
    parts.json.modelIndex = std::move(index);
    config("text_encoder/config.json", parts.json.textEncoder, parts.textEncoder);
    config("unet/config.json", parts.json.unet, parts.unet);
    config("vae/config.json", parts.json.vae, parts.vae);
    const char* scheduler = "scheduler/scheduler_config.json";
    parse(scheduler, m_findings.take(readSchedulerJson(m_folder / scheduler)), parts.json.scheduler, parts.scheduler);
    parts.tokenizer = m_findings.take(ClipTokenizer::open(m_folder / "tokenizer"));
    if (parts.xl) {
      config("text_encoder_2/config.json", parts.json.textEncoder2, parts.textEncoder2);
      parts.tokenizer2 = m_findings.take(ClipTokenizer::open(m_folder / "tokenizer_2"));
    }
    return parts;
  }

 private:
  template <typename Config>
  void config(const char* name, Json& json, std::optional<Config>& config) {
    parse(name, m_findings.take(readJsonFile(m_folder / name)), json, config);
  }

  template <typename Config>
  void parse(const char* name, std::optional<Json> read, Json& json, std::optional<Config>& config) {
    if (!read) return;
    json = std::move(*read);
    config = m_findings.take(Config::fromJson(json, m_folder / name));
  }

  const fs::path& m_folder;
  Findings& m_findings;
};

Result<StableDiffusion> openFolder(const fs::path& folder, JobControl* control) {
  LK_CHECK(checkFolder(folder));
  LK_TRY(Json index, readJsonFile(folder / "model_index.json"));
  LK_CHECK(checkKind(folder, index));
  LK_CHECK(checkFiles(folder, hasComponent(index, "text_encoder_2")));
  Findings findings(folder);
  ModelParts parts = FolderReader(folder, findings).read(std::move(index));
  if (findings.error()) return *findings.error();
  checkAgreement(folder, parts, findings);
  if (findings.error()) return *findings.error();
  return assemble(
      folder, std::move(parts), [&](const std::string& part) { return openComponentWeights(folder / part); }, control);
}

}  // namespace

Result<StableDiffusion> openStableDiffusion(const fs::path& path, JobControl* control, const OpenOptions& options) {
  try {
    if (options.vae.empty() && !fs::is_regular_file(path)) return openFolder(path, control);
    return openFromModelFiles(path, control, options);
  } catch (const ErrorException& exception) {
    return exception.error();
  } catch (const fs::filesystem_error& exception) {
    return systemError(exception.code().value(), "read the model", path.string());
  }
}

}  // namespace likeness
