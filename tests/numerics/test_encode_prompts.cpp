#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/text/encode_prompts.h"
#include "core/text/prompt.h"
#include "core/weights/mapped_source.h"
#include "core/weights/open_weights.h"
#include "tests/numerics/model_fixture.h"

QObject* makeTestEncodePrompts();

namespace likeness {
namespace fs = std::filesystem;
namespace {

fs::path promptFixtures() { return modelFixture("").parent_path().parent_path() / "prompts"; }

// The fixture's encoder; its token embeddings follow a formula instead of lying in the file.
ClipTextModel loadEncoder(const fs::path& folder) {
  const auto file = folder / "config.json";
  ClipTextModel model(ClipTextConfig::fromJson(readJsonFile(file).value(), file).value());
  const auto weights = SafetensorsFile::open(folder / "weights.safetensors").value();
  const auto& config = model->config();
  const auto places = torch::arange(config.vocabSize * config.hiddenSize, torch::kFloat64);
  NamedTensors tensors{{"embeddings.token_embedding.weight",
                        torch::sin(0.7131 * places).reshape({config.vocabSize, config.hiddenSize})}};
  for (const auto& [name, info] : weights.tensors()) tensors.emplace_back(name, weights.tensor(name));
  const auto report = loadModule(*model, {std::make_shared<const MemorySource>(tensors, folder)}).value();
  if (!report.unexpected.empty()) throw std::runtime_error(report.detail());
  return model;
}

ClipTokenizer tokenizerPaddingWith(const std::string& pad, const fs::path& folder) {
  fs::create_directories(folder);
  const fs::path base = fs::path(LIKENESS_SOURCE_DIR) / "resources" / "base" / "tokenizer";
  for (const auto* name : {"vocab.json", "merges.txt", "tokenizer_config.json"}) {
    fs::copy_file(base / name, folder / name, fs::copy_options::overwrite_existing);
  }
  const Json special{{"bos_token", "<|startoftext|>"}, {"eos_token", "<|endoftext|>"}, {"pad_token", pad}};
  std::ofstream(folder / "special_tokens_map.json") << special.dump();
  return ClipTokenizer::open(folder).value();
}

}  // namespace

/// Prompts through whole text encoders, against transformers and diffusers.
class TestEncodePrompts : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir m_folder;
  std::map<std::string, std::vector<TextEncoder>> m_encoders;
  std::map<std::string, TextualInversion> m_embeddings;  // by the name in cases.json

  void addEmbedding(const std::string& name, const std::string& file) {
    const auto path = promptFixtures() / "embeddings" / file;
    m_embeddings.emplace(name, readTextualInversion(*openWeightsFile(path).value()).value());
  }

  PromptOptions optionsOf(const Json& test) {
    PromptOptions options;
    options.clipSkip = test["clip_skip"].get<int>();
    for (const auto& name : test["embeddings"]) options.embeddings.push_back(m_embeddings.at(name.get<std::string>()));
    return options;
  }

 private Q_SLOTS:
  void initTestCase() {
    const fs::path folder = m_folder.path().toStdString();
    const TextEncoder first{tokenizerPaddingWith("<|endoftext|>", folder / "1"),
                            loadEncoder(promptFixtures() / "clip_l")};
    const TextEncoder second{tokenizerPaddingWith("!", folder / "2"), loadEncoder(promptFixtures() / "open_clip")};
    m_encoders = {{"clip_l", {first}}, {"open_clip", {second}}, {"xl", {first, second}}};
    addEmbedding("<cat-toy>", "learned_embeds.safetensors");
    addEmbedding("<one>", "one.safetensors");
    addEmbedding("my-style", "my-style.safetensors");
    addEmbedding("nova", "nova.safetensors");
    addEmbedding("xl-style", "xl-style.safetensors");
  }

  void matchesReference() {
    const torch::NoGradGuard guard;
    const auto file = readJsonFile(promptFixtures() / "cases.json").value();
    const auto& cases = file["cases"];
    const auto data = SafetensorsFile::open(promptFixtures() / "data.safetensors").value();
    QVERIFY(cases.size() > 30);
    double worstHidden = 0, worstPooled = 0;
    std::int64_t chunks = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const auto& test = cases[i];
      const auto name = (i < 10 ? "0" : "") + std::to_string(i);
      const auto& encoders = m_encoders.at(test["encoders"].get<std::string>());
      const auto encoded = encodeForSampling(encoders, {test["prompt"].get<std::string>()}, optionsOf(test)).value();
      const auto hidden = maxDifference(encoded.hidden[0], data.tensor(name + ".hidden"));
      QVERIFY2(hidden <= 1e-4, (test.dump() + " differs by " + std::to_string(hidden)).c_str());
      worstHidden = std::max(worstHidden, hidden);
      chunks += encoded.hidden.size(1) / 77;
      QCOMPARE(encoded.pooled.defined(), data.has(name + ".pooled"));
      if (!encoded.pooled.defined()) continue;
      const auto pooled = maxDifference(encoded.pooled[0], data.tensor(name + ".pooled"));
      QVERIFY2(pooled <= 1e-4, test.dump().c_str());
      worstPooled = std::max(worstPooled, pooled);
    }
    qInfo("%zu prompts of %lld chunks: hidden states differ by at most %.2e, pooled ones by %.2e", cases.size(),
          static_cast<long long>(chunks), worstHidden, worstPooled);
  }

  void pickledEmbeddingsAreTheSame() {
    for (const auto& [pickled, safe] : {std::pair{"my-style.pt", "my-style"}, {"learned_embeds.bin", "<cat-toy>"}}) {
      const auto opened = openWeightsFile(promptFixtures() / "embeddings" / pickled);
      QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().message.c_str());
      const auto read = readTextualInversion(**opened);
      QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
      QVERIFY(read->names == m_embeddings.at(safe).names);
      QVERIFY(torch::equal(read->vectors.front(), m_embeddings.at(safe).vectors.front()));
    }
  }

  void plainPromptsAreAsBefore() {
    const torch::NoGradGuard guard;
    auto& encoder = m_encoders.at("clip_l").front();
    const std::vector<std::string> prompts{"a photo of sks dog", "", "it's a dog, outside!"};
    const auto before = encodePrompts(encoder.model, encoder.tokenizer, prompts);
    QVERIFY(torch::equal(encodeForSampling({encoder}, prompts)->hidden, before));
  }

  void shorterPromptsAreFilledUp() {
    const torch::NoGradGuard guard;
    for (const auto* kind : {"open_clip", "xl"}) {
      const auto& encoders = m_encoders.at(kind);
      std::string longer;
      for (int i = 0; i < 160; ++i) longer += "dog ";
      const auto both = encodeForGuidance(encoders, {"a (cat:1.4)", longer}, {"ugly"}).value();
      QCOMPARE(both.positive.hidden.size(1), std::int64_t{3 * 77});
      QCOMPARE(both.negative.hidden.size(1), std::int64_t{3 * 77});
      const auto empty = encodeForSampling(encoders, {""}).value().hidden[0];
      const auto alone = encodeForSampling(encoders, {"a (cat:1.4)"}).value();
      const auto expected = torch::cat({alone.hidden[0], empty, empty});
      QVERIFY(maxDifference(both.positive.hidden[0], expected) <= 1e-5);
      QVERIFY(maxDifference(both.negative.hidden[0].narrow(0, 77, 77), empty) <= 1e-5);
      if (alone.pooled.defined()) QVERIFY(maxDifference(both.positive.pooled[0], alone.pooled[0]) <= 1e-5);
    }
  }

  void manyChunksGoThroughInParts() {
    const torch::NoGradGuard guard;
    std::string prompt;
    for (int i = 0; i < 36; ++i) prompt += "dog " + std::to_string(i) + " BREAK ";
    const auto& encoders = m_encoders.at("xl");
    const auto all = encodeForSampling(encoders, {prompt, "a cat"}).value();
    QCOMPARE(all.hidden.size(1), std::int64_t{36 * 77});
    for (const int i : {0, 15, 16, 35}) {
      const auto one = encodeForSampling(encoders, {"dog " + std::to_string(i)}).value().hidden[0];
      QVERIFY(maxDifference(all.hidden[0].narrow(0, 77 * i, 77), one) <= 1e-5);
    }
    QVERIFY(maxDifference(all.pooled[1], encodeForSampling(encoders, {"a cat"})->pooled[0]) <= 1e-5);
  }

  void emptyNegativeOfXlIsZero() {
    const torch::NoGradGuard guard;
    const auto& xl = m_encoders.at("xl");
    const auto zero = encodeForGuidance(xl, {"a dog"}, {"", "ugly"}).value().negative;
    QVERIFY(zero.hidden[0].abs().max().item<float>() == 0 && zero.pooled[0].abs().max().item<float>() == 0);
    QVERIFY(zero.hidden[1].abs().min().item<float>() > 0);
    PromptOptions options;
    options.zeroEmptyNegative = false;
    QVERIFY(encodeForGuidance(xl, {"a dog"}, {""}, options)->negative.hidden.abs().max().item<float>() > 0);
    const auto one = encodeForGuidance(m_encoders.at("clip_l"), {"a dog"}, {""}).value().negative;
    QVERIFY(one.hidden.abs().max().item<float>() > 0);
  }

  void editingChangesThePromptOnTheWay() {
    const torch::NoGradGuard guard;
    const auto& encoders = m_encoders.at("clip_l");
    const auto edited = encodeForSteps(encoders, {"a [dog:(cat:1.3):2]", "a bird"}, {"[x|y]"}, {5, 5}).value();
    // The dog lasts for evaluations 0 to 2; x and y take turns, x twice at first.
    QVERIFY((edited.byEvaluation == std::vector<std::size_t>{0, 0, 1, 2, 3}));
    const auto expected = encodeForGuidance(encoders, {"a (cat:1.3)", "a bird"}, {"x"}).value();
    QVERIFY(torch::equal(edited.at(3).positive.hidden, expected.positive.hidden));
    QVERIFY(torch::equal(edited.at(3).negative.hidden, expected.negative.hidden));
    QCOMPARE(encodeForSteps(encoders, {"a dog"}, {""}, {30, 30})->distinct.size(), std::size_t{1});
    PromptOptions plain;
    plain.syntax = false;
    QCOMPARE(encodeForSteps(encoders, {"[a|b]"}, {""}, {30, 30}, plain)->distinct.size(), std::size_t{1});
  }

  // Before anything is encoded, and for whatever a prompt becomes on the way.
  void promptsAreCheckedForAllTheirSteps() {
    const auto message = [&](const std::string& prompt, const std::string& negative, const PromptOptions& options = {}) {
      const auto checked = checkForSteps(m_encoders.at("xl"), {"a dog", prompt}, {negative}, {10, 10}, options);
      if (!checked.ok() && checked.error().code != ErrorCode::InvalidArgument) return std::string("another code");
      return checked.ok() ? std::string() : checked.error().message;
    };
    std::string longer;
    for (int i = 0; i < 1600; ++i) longer += "dog ";
    QCOMPARE(message("a cat", "[x|y]"), std::string());
    QCOMPARE(message("[" + longer + ":" + longer + ":5]", ""), std::string());
    QVERIFY(message("[a:" + longer + longer + ":5]", "").starts_with("The prompt has 3200 tokens"));
    QVERIFY(message("", "[a:" + longer + longer + ":5]").starts_with("The negative prompt has 3200 tokens"));
    QVERIFY(message("", "\xff").starts_with("The negative prompt is not valid UTF-8"));
    QVERIFY(message("[a:(b:2000):3]", "").find("\"b\" of the prompt would weigh more") != std::string::npos);
    PromptOptions options;
    options.clipSkip = 4;
    QVERIFY(message("", "", options).find("clip skip") != std::string::npos);
    options = {};
    options.embeddings = {m_embeddings.at("my-style")};
    QVERIFY(message("", "", options).find("my-style.safetensors") != std::string::npos);
  }

  void refusesWhatDoesNotFit() {
    const auto refuse = [&](const char* kind, const PromptOptions& options, const std::vector<const char*>& parts) {
      const auto refused = encodeForSampling(m_encoders.at(kind), {"a dog"}, options);
      QVERIFY(!refused.ok());
      QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
      for (const auto* part : parts) {
        QVERIFY2(refused.error().message.find(part) != std::string::npos, refused.error().message.c_str());
      }
    };
    PromptOptions options;
    for (const int skip : {0, -1, 4}) {
      options.clipSkip = skip;
      refuse("clip_l", options, {"between 1 and 3"});
    }
    options = {};
    options.embeddings = {m_embeddings.at("xl-style")};
    refuse("clip_l", options, {"xl-style.safetensors", "width 24 and 20", "this is a model with text of width 24."});
    options.embeddings = {m_embeddings.at("my-style")};
    refuse("open_clip", options, {"my-style.safetensors", "width 24", "this is a model with text of width 20."});
    refuse("xl", options, {"my-style.safetensors"});
    options.embeddings = {m_embeddings.at("my-style"), m_embeddings.at("my-style")};
    refuse("clip_l", options, {"both called \"my-style\""});
    QVERIFY(!encodeForSampling(m_encoders.at("clip_l"), {"a \xff"}).ok());
  }
};

}  // namespace likeness

QObject* makeTestEncodePrompts() { return new likeness::TestEncodePrompts; }
#include "test_encode_prompts.moc"
