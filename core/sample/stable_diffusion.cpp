#include "core/sample/stable_diffusion.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "core/base/file_hash.h"
#include "core/base/hash.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

// Files of a model folder that decide what it makes; anything else (readmes, pictures) does not count.
bool decides(const fs::path& relative) {
  static const std::vector<std::string> parts = {"scheduler",   "text_encoder", "text_encoder_2", "tokenizer",
                                                 "tokenizer_2", "unet",         "vae"};
  const std::string extension = relative.extension().string();
  if (relative == "model_index.json") return true;
  return std::find(parts.begin(), parts.end(), relative.begin()->string()) != parts.end() &&
         (extension == ".json" || extension == ".safetensors" || extension == ".bin" || extension == ".txt");
}

// Relative path, size and time of each file that decides, in a fixed order.
std::map<std::string, std::string> listFiles(const fs::path& folder) {
  std::map<std::string, std::string> files;
  auto entry = fs::recursive_directory_iterator(folder);
  for (; entry != fs::end(entry); ++entry) {
    if (entry.depth() > 1) entry.disable_recursion_pending();
    const fs::path relative = entry->path().lexically_relative(folder);
    if (!entry->is_regular_file() || !decides(relative)) continue;
    files[relative.generic_string()] =
        std::to_string(entry->file_size()) + " " + std::to_string(entry->last_write_time().time_since_epoch().count());
  }
  // Pickled weights decide nothing where openComponentWeights takes safetensors before them.
  std::erase_if(files, [&](const auto& file) {
    const fs::path path = file.first;
    const auto beside = [&](const char* name) { return files.contains((path.parent_path() / name).generic_string()); };
    return path.extension() == ".bin" &&
           (beside("diffusion_pytorch_model.safetensors") || beside("model.safetensors") ||
            beside("diffusion_pytorch_model.safetensors.index.json") || beside("model.safetensors.index.json"));
  });
  return files;
}

Result<std::string> hashFiles(const fs::path& folder, const std::map<std::string, std::string>& files) {
  Sha256 all;
  for (const auto& [name, stamp] : files) {
    LK_TRY(const std::string one, sha256OfFile(folder / name));
    all.add(name + "\n" + one + "\n");
  }
  return all.hex();
}

}  // namespace

ModelFamily StableDiffusion::family() const {
  if (textEncoder2) return ModelFamily::Sdxl;
  return unet->config().useLinearProjection ? ModelFamily::Sd2 : ModelFamily::Sd1;
}

bool StableDiffusion::isInpainting() const { return unet->config().inChannels == 2 * latentChannels() + 1; }

int StableDiffusion::latentChannels() const { return static_cast<int>(vae->config().latentChannels); }

int StableDiffusion::vaeFactor() const { return static_cast<int>(vae->config().downsamplingFactor()); }

int StableDiffusion::sizeMultiple() const {
  return vaeFactor() * static_cast<int>(unet->config().downsamplingFactor());
}

int StableDiffusion::defaultResolution() const {
  const auto latents = unet->config().sampleSize;
  return latents ? static_cast<int>(*latents) * vaeFactor() : static_cast<int>(vae->config().sampleSize);
}

std::vector<TextEncoder> StableDiffusion::textEncoders() const {
  std::vector<TextEncoder> encoders = {{tokenizer, textEncoder}};
  if (textEncoder2) encoders.push_back({*tokenizer2, textEncoder2});
  return encoders;
}

Result<std::string> modelIdentity(const fs::path& folder) {
  std::error_code failure;
  if (fs::is_regular_file(folder, failure)) return fileHash(folder);
  static std::mutex mutex;
  static std::map<std::string, std::pair<std::string, std::string>> known;  // folder: stamps, identity
  try {
    const std::string key = fs::canonical(folder).string();
    const auto files = listFiles(folder);
    std::string stamps;
    for (const auto& [name, stamp] : files) stamps += name + " " + stamp + "\n";
    {
      const std::lock_guard lock(mutex);
      const auto found = known.find(key);
      if (found != known.end() && found->second.first == stamps) return found->second.second;
    }
    LK_TRY(const std::string identity, hashFiles(folder, files));
    const std::lock_guard lock(mutex);
    known[key] = {stamps, identity};
    return identity;
  } catch (const fs::filesystem_error& exception) {
    return systemError(exception.code().value(), "read the model folder", folder.string());
  }
}

}  // namespace likeness
