#pragma once
#include "core/api/train_config.h"
#include "core/sample/stable_diffusion.h"
#include "core/tensor/memory.h"
#include "core/train/embedding_rows.h"
#include "core/train/lora_adapters.h"
#include "core/train/optimizer.h"

namespace likeness {

/// Whether full training changes the UNet's parameter of that name, under `blocks`.
[[nodiscard]] bool learns(const std::string& name, TrainBlocks blocks);
/// The same under the options: neither left out by train_blocks nor frozen by block_learning_rates.
[[nodiscard]] bool learns(const std::string& name, const TrainConfig& config);

struct LearningRates {
  double unet = 0, textEncoder = 0, token = 0;
};

/// The weights that a run changes, with their gradients and optimizers: of UNet and, unless frozen, text encoders, by
/// `method` the weights themselves (of the UNet those of train_blocks) or LoRAs beside them; or, alone or beside LoRAs,
/// the vectors of the model's new words (StableDiffusion::embeddings). While it lives, they ask
/// for gradients; afterwards nothing of the model does, and LoRAs stay attached to it. Of SDXL's first text encoder the
/// last layer stays as it is, since nothing reads it. Threads: one.
class TrainedWeights {
 public:
  /// `ids`: for each text encoder the token ids that training reads. Full: moves the trained weights into memory of
  /// their own, convolutions in channels-last order, so that nothing hangs on a mapped file and both a fresh and a
  /// resumed run compute alike; matrices and kernels then lie in weights_dtype (see narrow_weights.h). LoRA: the model's
  /// own weights stay where they are, but for the UNet's convolutions, which are put in channels-last order, too.
  TrainedWeights(StableDiffusion& model, const TrainConfig& config, const std::vector<torch::Tensor>& ids);
  ~TrainedWeights();
  TrainedWeights(const TrainedWeights&) = delete;
  TrainedWeights& operator=(const TrainedWeights&) = delete;

  /// What the text encoders say changes: they learn, or the words that they are given.
  [[nodiscard]] bool textEncoderLearns() const { return m_textLearns; }
  /// From here on only the UNet is trained.
  void freezeTextEncoder();

  /// Call before each forward pass of training, on samples of optimizer step `step` in these lanes (see MicroBatch), with
  /// so many prompts encoded; and after its backward pass. `promptsOfItem`: the most prompts that belong to one item,
  /// where passes encode different numbers; 0: each encodes as many.
  void beginPass(std::int64_t step, std::span<const std::uint32_t> lanes, std::int64_t prompts,
                 std::int64_t promptsOfItem = 0);
  void endPass();
  /// In place of endPass(), after a pass that failed.
  void abandonPass();

  /// Whether the gradients of whole fp32 weights in matrices and kernels (see mayBeNarrow()) are kept in bf16 from here
  /// on, where passes are computed in it. Nothing of them is lost as long as a step has one pass: autocast makes them in
  /// bf16. Call while there are none.
  void narrowGradients(bool narrow);
  [[nodiscard]] std::vector<torch::Tensor> gradients() const;
  void clearGradients();

  /// One update from the gradients times `gradientScale`, which may scale them, too; `step` counts from 1.
  void step(std::int64_t step, const LearningRates& rates, double gradientScale);

  /// What the optimizers multiply their learning rates by, see Optimizer::rateScale().
  [[nodiscard]] double rateScale() const { return rateScale(false); }
  [[nodiscard]] double textRateScale() const { return rateScale(true); }
  [[nodiscard]] double tokenRateScale() const;

  /// All that learns, named as in a checkpoint with unet., text_encoder. or text_encoder_2. before; of a token
  /// embedding the rows that are used, and which these are.
  [[nodiscard]] NamedTensors parameters() const;
  [[nodiscard]] NamedTensors embeddingRows() const;
  /// Call after parameters() were changed by another than step().
  void publish() {
    for (auto& text : m_text) text.tokens.publish();
  }

  /// Makes every weight current. Call before anything but training reads them.
  void settle() {
    for (auto& text : m_text) text.tokens.catchUp();
  }

  /// How many numbers learn.
  [[nodiscard]] std::int64_t count() const;

  /// The LoRAs, those of a frozen text encoder too; none if whole weights learn.
  [[nodiscard]] std::vector<LoraModule> loras() const { return modulesOf(m_adapters); }
  [[nodiscard]] Result<void> loadLoras(const std::filesystem::path& file) {
    return likeness::loadLoras(m_adapters, m_model, file);
  }

  /// Takes the LoRAs off the model for a while (false), and puts them on again (true).
  void switchLoras(bool on);

  [[nodiscard]] NamedTensors optimizerState() const;
  [[nodiscard]] Result<void> loadOptimizerState(const SafetensorsFile& file);

 private:
  // Parameters with a rate of their own.
  struct Group {
    std::string prefix;  // of its names in a checkpoint
    std::string state;   // the same of its optimizer's
    bool text = false;
    double rate = 1;     // over the UNet's or the text encoder's
    std::unique_ptr<Optimizer> optimizer;
    bool token = false;  // new words' vectors, which have a rate of their own
  };
  // A text encoder whose own weights learn.
  struct Text {
    ClipTextModel encoder;
    std::string prefix;    // of its names in a checkpoint
    Optimizer* optimizer;  // its group's, of all its parameters; the tokens' rows come last
    EmbeddingRows tokens;
  };
  void learnUnet(const TrainConfig& config);
  void learnText(ClipTextModel encoder, std::string prefix, const torch::Tensor& ids, const TrainConfig& config);
  void learnLoras(const TrainConfig& config);
  void addGroup(const TrainConfig& config, const std::string& prefix, bool text, double blockRate, double ownRate,
                NamedTensors parameters);
  void learnWords(const TrainConfig& config);
  void retractWords();

  [[nodiscard]] double rateScale(bool text) const;
  void dropNothing();

  LargeBlocksApart m_blocks;
  StableDiffusion m_model;  // shares the modules
  std::vector<Group> m_groups;
  std::vector<Text> m_text;
  std::vector<TrainedAdapter> m_adapters;
  std::shared_ptr<LowRankDropout> m_unetDropout, m_textDropout;
  bool m_textLearns = false;
  bool m_bf16Passes = false;
  std::vector<double> m_spreads;  // of each text encoder's words, with token_retract
};

}  // namespace likeness
