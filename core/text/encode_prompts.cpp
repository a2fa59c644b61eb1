#include "core/text/encode_prompts.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/text/prompt_chunks.h"
#include "core/text/prompt_errors.h"
#include "core/text/prompt_schedule.h"

namespace likeness {
namespace {

constexpr std::int64_t kRowsAtOnce = 16;  // chunks in one pass of a text encoder: enough to be quick, little memory

using PromptChunks = std::vector<std::vector<PromptChunk>>;  // by prompt

Error refusedEncoding(const std::string& what, const std::string& path = {}) {
  return {ErrorCode::InvalidArgument, what, {}, path};
}

Result<PromptChunks> chunkAll(const ClipTokenizer& tokenizer, const std::vector<std::string>& prompts,
                              const PromptOptions& options) {
  PromptChunks all;
  std::size_t most = 1;
  for (const auto& prompt : prompts) {
    LK_TRY(auto chunks, chunkPrompt(tokenizer, prompt, options.embeddings, options.syntax));
    most = std::max(most, chunks.size());
    all.push_back(std::move(chunks));
  }
  for (auto& chunks : all) chunks.resize(most, emptyChunk(tokenizer));
  return all;
}

// The hidden states of some chunks times their weights; each chunk keeps its mean. Chunks of plain words stay as they
// are.
torch::Tensor weighted(const torch::Tensor& hidden, const std::vector<const PromptChunk*>& chunks) {
  const auto plain = [](const PromptChunk* chunk) {
    return std::ranges::all_of(chunk->weights, [](float weight) { return weight == 1.0f; });
  };
  if (std::ranges::all_of(chunks, plain)) return hidden;
  auto weights = torch::empty({hidden.size(0), hidden.size(1), 1});
  auto* next = weights.mutable_data_ptr<float>();
  for (const auto* chunk : chunks) next = std::ranges::copy(chunk->weights, next).out;
  const auto before = hidden.to(torch::kFloat32);
  const auto after = before * weights.to(hidden.device());
  const auto mean = [](const torch::Tensor& x) { return x.mean(at::IntArrayRef{1, 2}, true); };
  return (after * (mean(before) / mean(after))).to(hidden.scalar_type());
}

// One text encoder at work on the chunks of all prompts.
class ChunkEncoder {
 public:
  ChunkEncoder(const TextEncoder& encoder, std::size_t which, bool xl, const PromptOptions& options)
      : m_model(encoder.model), m_which(which), m_xl(xl), m_options(options) {}

  EncodedPrompts encode(const PromptChunks& prompts) {
    std::vector<const PromptChunk*> rows;
    for (const auto& chunks : prompts) {
      for (const auto& chunk : chunks) rows.push_back(&chunk);
    }
    std::vector<torch::Tensor> hidden, projected;
    for (std::ptrdiff_t first = 0; first < std::ssize(rows); first += kRowsAtOnce) {
      const auto last = std::min(std::ssize(rows), first + kRowsAtOnce);
      const auto [states, projection] = pass(std::vector(rows.begin() + first, rows.begin() + last));
      hidden.push_back(states);
      if (projection.defined()) projected.push_back(projection);
    }
    const auto count = static_cast<std::int64_t>(prompts.size());
    const auto states = torch::cat(hidden);
    EncodedPrompts encoded{states.reshape({count, -1, states.size(2)}), {}};
    if (!projected.empty()) encoded.pooled = torch::cat(projected).unflatten(0, {count, -1}).select(1, 0);
    return encoded;
  }

 private:
  std::pair<torch::Tensor, torch::Tensor> pass(const std::vector<const PromptChunk*>& rows) {
    const auto length = static_cast<std::int64_t>(rows.front()->ids.size());
    auto ids = torch::empty({std::ssize(rows), length}, torch::kInt64);
    auto* next = ids.mutable_data_ptr<std::int64_t>();
    ClipTextOptions asked;
    asked.skippedLayers = (m_xl ? std::max(2, m_options.clipSkip) : m_options.clipSkip) - 1;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      next = std::ranges::copy(rows[row]->ids, next).out;
      for (const auto& [position, embedding] : rows[row]->placed) {
        asked.placed.push_back({static_cast<std::int64_t>(row), static_cast<std::int64_t>(position),
                                m_options.embeddings[embedding].vectors[m_which]});
      }
    }
    const auto output = m_model->forward(ids.to(m_model->parameters().front().device()), asked);
    auto hidden = output.skippedHiddenState;
    if (!m_xl) hidden = m_options.clipSkip == 1 ? output.lastHiddenState : m_model->normalized(hidden);
    return {weighted(hidden, rows), output.projected};
  }

  ClipTextModel m_model;
  std::size_t m_which;
  bool m_xl;
  const PromptOptions& m_options;
};

std::vector<std::int64_t> widthsOf(const std::vector<TextEncoder>& encoders) {
  std::vector<std::int64_t> widths;
  for (const auto& encoder : encoders) widths.push_back(encoder.model->config().hiddenSize);
  return widths;
}

Result<void> checkClipSkip(const std::vector<TextEncoder>& encoders, int clipSkip) {
  std::int64_t most = encoders.front().model->config().hiddenLayers;
  for (const auto& encoder : encoders) most = std::min(most, encoder.model->config().hiddenLayers);
  if (clipSkip >= 1 && clipSkip <= most) return {};
  return refusedEncoding("The clip skip must lie between 1 and " + std::to_string(most) + ", the text encoder's layers.");
}

void zeroRow(EncodedPrompts& prompts, std::int64_t row) {
  prompts.hidden = prompts.hidden.clone();
  prompts.hidden.select(0, row).zero_();
  prompts.pooled = prompts.pooled.clone();
  prompts.pooled.select(0, row).zero_();
}

EncodedPrompts slice(const EncodedPrompts& prompts, std::int64_t first, std::int64_t last) {
  return {prompts.hidden.slice(0, first, last),
          prompts.pooled.defined() ? prompts.pooled.slice(0, first, last) : torch::Tensor()};
}

std::vector<ScheduledPrompt> scheduleOf(const std::string& text, const SamplingSteps& steps,
                                        const PromptOptions& options) {
  if (!options.syntax) return {{steps.steps, text}};
  return promptSchedule(text, steps.steps, steps.before);
}

}  // namespace

Result<EncodedPrompts> encodeForSampling(const std::vector<TextEncoder>& encoders,
                                         const std::vector<std::string>& prompts, const PromptOptions& options) {
  TORCH_CHECK(encoders.size() == 1 || encoders.size() == 2, "a model has one or two text encoders");
  TORCH_CHECK(!prompts.empty(), "there is no prompt");
  LK_CHECK(checkClipSkip(encoders, options.clipSkip));
  LK_CHECK(checkEmbeddings(encoders, options.embeddings));
  const bool xl = encoders.size() == 2;
  EncodedPrompts both;
  std::vector<torch::Tensor> hidden;
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    LK_TRY(const auto chunks, chunkAll(encoders[i].tokenizer, prompts, options));
    const auto encoded = ChunkEncoder(encoders[i], i, xl, options).encode(chunks);
    hidden.push_back(encoded.hidden);
    if (i == 1) both.pooled = encoded.pooled;
  }
  TORCH_CHECK(!xl || both.pooled.defined(), "the second text encoder has no text_projection");
  both.hidden = xl ? torch::cat(hidden, -1) : hidden.front();
  return both;
}

Result<GuidedPrompts> encodeForGuidance(const std::vector<TextEncoder>& encoders,
                                        const std::vector<std::string>& prompts,
                                        const std::vector<std::string>& negatives, const PromptOptions& options) {
  auto all = prompts;
  all.insert(all.end(), negatives.begin(), negatives.end());
  LK_TRY(const auto encoded, encodeForSampling(encoders, all, options));
  GuidedPrompts guided{slice(encoded, 0, std::ssize(prompts)), slice(encoded, std::ssize(prompts), std::ssize(all))};
  const bool zero = options.zeroEmptyNegative && encoders.size() == 2;
  for (std::size_t i = 0; zero && i < negatives.size(); ++i) {
    if (negatives[i].empty()) zeroRow(guided.negative, static_cast<std::int64_t>(i));
  }
  return guided;
}

Result<ScheduledPrompts> encodeForSteps(const std::vector<TextEncoder>& encoders,
                                        const std::vector<std::string>& prompts,
                                        const std::vector<std::string>& negatives, const SamplingSteps& steps,
                                        const PromptOptions& options) {
  auto texts = prompts;
  texts.insert(texts.end(), negatives.begin(), negatives.end());
  std::vector<std::vector<ScheduledPrompt>> schedules;
  for (const auto& text : texts) {
    LK_CHECK(checkPromptText(text));
    schedules.push_back(scheduleOf(text, steps, options));
  }
  ScheduledPrompts scheduled;
  std::map<std::vector<std::string>, std::size_t> known;
  for (std::int64_t evaluation = 0; evaluation < steps.evaluations; ++evaluation) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      texts[i] = schedules[i][scheduledAt(schedules[i], evaluation)].prompt;
    }
    const auto [entry, isNew] = known.try_emplace(texts, scheduled.distinct.size());
    scheduled.byEvaluation.push_back(entry->second);
    if (!isNew) continue;
    const auto middle = texts.begin() + std::ssize(prompts);
    LK_TRY(auto guided, encodeForGuidance(encoders, {texts.begin(), middle}, {middle, texts.end()}, options));
    scheduled.distinct.push_back(std::move(guided));
  }
  return scheduled;
}

Result<void> checkForSteps(const std::vector<TextEncoder>& encoders, const std::vector<std::string>& prompts,
                           const std::vector<std::string>& negatives, const SamplingSteps& steps,
                           const PromptOptions& options) {
  LK_CHECK(checkClipSkip(encoders, options.clipSkip));
  LK_CHECK(checkEmbeddings(encoders, options.embeddings));
  const auto check = [&](const std::string& text, const char* name) -> Result<void> {
    LK_CHECK(checkPromptText(text, name));
    std::set<std::string> distinct;
    for (auto& entry : scheduleOf(text, steps, options)) distinct.insert(std::move(entry.prompt));
    for (const auto& encoder : encoders) {
      for (const auto& one : distinct) {
        LK_CHECK(chunkPrompt(encoder.tokenizer, one, options.embeddings, options.syntax, name));
      }
    }
    return {};
  };
  for (const auto& text : prompts) LK_CHECK(check(text, "prompt"));
  for (const auto& text : negatives) LK_CHECK(check(text, "negative prompt"));
  return {};
}

Result<void> checkEmbeddings(const std::vector<TextEncoder>& encoders,
                             const std::vector<TextualInversion>& embeddings) {
  const auto widths = widthsOf(encoders);
  std::map<std::string, std::string> files;  // by name
  for (const auto& embedding : embeddings) {
    std::vector<std::int64_t> theirs;
    for (const auto& vectors : embedding.vectors) theirs.push_back(vectors.size(1));
    if (theirs != widths) {
      return refusedEncoding(embedding.path.string() + " is an embedding for " + familyOfWidths(theirs) + ", but this is " +
                         familyOfWidths(widths) + ". Leave it out, or choose a model of its kind.",
                     embedding.path.string());
    }
    for (const auto& name : embedding.names) {
      const auto [other, isNew] = files.try_emplace(name, embedding.path.string());
      if (isNew) continue;
      return refusedEncoding(embedding.path.string() + " and " + other->second + " are both called \"" + shortenedText(name) +
                         "\". Rename one of the files, or leave it out.",
                     embedding.path.string());
    }
  }
  return {};
}

}  // namespace likeness
