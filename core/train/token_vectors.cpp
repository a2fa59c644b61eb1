#include "core/train/token_vectors.h"

#include <algorithm>
#include <cmath>

#include "core/text/prompt.h"
#include "core/text/prompt_errors.h"
#include "core/weights/open_weights.h"

namespace likeness {
namespace {

constexpr double kPull = 0.1;

Error unfitWord(std::string sentence) { return {ErrorCode::InvalidArgument, std::move(sentence)}; }

torch::Tensor wordsOf(const ClipTextModel& encoder) {
  for (const auto& entry : encoder->named_parameters()) {
    if (entry.key().ends_with("token_embedding.weight")) return entry.value();
  }
  throw std::logic_error("the text encoder has no token embedding");
}

// A word of k vectors without what they say, which is enough to find it in prompts.
TextualInversion blankWord(const std::string& token, std::int64_t vectors) {
  return {{token}, {torch::zeros({vectors, 1})}, {}};
}

// How many ids of a prompt's row stand for the word.
std::int64_t placesOf(const ClipTokenizer& tokenizer, const std::string& prompt, const TextualInversion& word) {
  return tokenizePrompts(tokenizer, {prompt}, {word}).lt(0).sum().item<std::int64_t>();
}

}  // namespace

std::int64_t tokenVectorCount(const TrainConfig& config) {
  switch (config.method) {
    case TrainMethod::Full:
      return 0;
    case TrainMethod::Lora:
      return config.tokenVectors;
    case TrainMethod::TextualInversion:
      return std::max<std::int64_t>(1, config.tokenVectors);
  }
  return 0;
}

NewWord newWord(const TrainConfig& config, const std::string& token, const std::string& classNoun) {
  return {token, config.tokenInit.empty() ? classNoun : config.tokenInit};
}

Result<void> addNewWord(StableDiffusion& model, const TrainConfig& config, const NewWord& word) {
  const torch::NoGradGuard noGrad;
  TextualInversion embedding{{word.token}, {}, {}};
  for (const auto& encoder : model.textEncoders()) {
    const auto start = encoder.tokenizer.encode(word.init);
    if (start.empty()) return unfitWord("The word that the new one starts as is empty. Set token_init to one.");
    const auto words = wordsOf(encoder.model);
    std::vector<std::int64_t> rows;
    for (std::int64_t i = 0; i < tokenVectorCount(config); ++i) {
      rows.push_back(start[static_cast<std::size_t>(i) % start.size()]);
    }
    const auto picked = words.detach().index_select(0, torch::tensor(rows, torch::kInt64).to(words.device()));
    embedding.vectors.push_back(picked.to(torch::kFloat32, /*non_blocking=*/false, /*copy=*/true));
  }
  model.embeddings.push_back(std::move(embedding));
  return {};
}

Result<void> checkNewWord(const StableDiffusion& model, const TrainConfig& config, const NewWord& word,
                          const std::vector<std::string>& shown, const std::vector<std::string>& others) {
  const auto count = tokenVectorCount(config);
  if (config.method == TrainMethod::Full && config.tokenVectors > 0) {
    return unfitWord("A new word's vectors are learnt with method=textual-inversion or method=lora. Set method to one of "
                   "them, or token_vectors to 0.");
  }
  if (count == 0) return {};
  const auto called = "\"" + shortenedText(word.token) + "\"";
  for (const auto& encoder : model.textEncoders()) {
    if (encoder.tokenizer.encode(word.init).empty()) {
      return unfitWord("The word that " + called + " starts as is empty. Set token_init to one.");
    }
    const auto blank = blankWord(word.token, count);
    for (const auto& prompt : shown) {
      const auto places = placesOf(encoder.tokenizer, prompt, blank);
      if (places == 0) {
        return unfitWord("The subject's prompt \"" + shortenedText(prompt) + "\" does not name " + called +
                       ", whose vectors are to be learnt. Choose another identifier token, such as sks.");
      }
      if (places % count != 0) {
        return unfitWord("The prompt \"" + shortenedText(prompt) + "\" has no room for " + std::to_string(count) +
                       " vectors. Set token_vectors lower.");
      }
    }
    for (const auto& prompt : others) {
      if (placesOf(encoder.tokenizer, prompt, blank) == 0) continue;
      return unfitWord("The class's prompt \"" + shortenedText(prompt) + "\" names " + called +
                     " too, so the class would learn with the subject. Choose another identifier token, such as sks.");
    }
  }
  return {};
}

Result<void> loadVectors(const TextualInversion& into, const std::filesystem::path& path) {
  LK_TRY(const auto file, openWeightsFile(path));
  LK_TRY(const auto found, readTextualInversion(*file));
  const torch::NoGradGuard noGrad;
  const auto same = [](const torch::Tensor& a, const torch::Tensor& b) { return a.sizes() == b.sizes(); };
  if (!std::ranges::equal(into.vectors, found.vectors, same)) {
    return Error{ErrorCode::Corrupt,
                 "The checkpoint's word " + path.string() +
                     " has other vectors than this model and token_vectors ask for. Put token_vectors back, or train "
                     "anew.",
                 {},
                 path.string()};
  }
  for (std::size_t i = 0; i < found.vectors.size(); ++i) {
    auto vectors = into.vectors[i];
    vectors.copy_(found.vectors[i]);
  }
  return {};
}

double spreadOfWords(const ClipTextModel& encoder) {
  const torch::NoGradGuard noGrad;
  return wordsOf(encoder).detach().to(torch::kFloat32).std().item<double>();
}

void retractVectors(torch::Tensor vectors, double spread) {
  const torch::NoGradGuard noGrad;
  const auto own = vectors.std().item<double>();
  if (own > 0) vectors.mul_(std::pow(spread / own, kPull));
}

}  // namespace likeness
