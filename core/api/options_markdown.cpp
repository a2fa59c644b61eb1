#include "core/api/options_markdown.h"

#include <map>

#include "core/api/options.h"

namespace likeness {
namespace {

// Where an option comes from, and its names elsewhere; a dash: there is none.
struct Elsewhere {
  std::string source, diffusers, sdScripts, oneTrainer;
};

// diffusers: examples/dreambooth/train_dreambooth*.py, with a star train_text_to_image*.py. sd-scripts: train_db.py and
// train_network.py; "in" its dataset's TOML or optimizer_args. OneTrainer: the keys of its JSON.
const std::map<std::string, Elsewhere>& generalNames() {
  static const std::map<std::string, Elsewhere> names{
      {"steps", {"arXiv:2208.12242", "max_train_steps", "max_train_steps", "epochs"}},
      {"seed", {"–", "seed", "seed", "seed"}},
      {"learning_rate", {"–", "learning_rate", "learning_rate, unet_lr", "unet.learning_rate"}},
      {"text_encoder_learning_rate",
       {"–", "text_encoder_lr; train_text_encoder", "learning_rate_te, text_encoder_lr", "text_encoder.learning_rate"}},
      {"text_encoder_stop_step", {"–", "–", "stop_text_encoder_training", "text_encoder.stop_training_after"}},
      {"lr_schedule",
       {"arXiv:1608.03983 (cosine), arXiv:2107.04197 (rex)", "lr_scheduler", "lr_scheduler",
        "learning_rate_scheduler"}},
      {"lr_warmup_steps", {"–", "lr_warmup_steps", "lr_warmup_steps", "learning_rate_warmup_steps"}},
      {"batch_size", {"–", "train_batch_size", "train_batch_size", "batch_size"}},
      {"gradient_accumulation",
       {"–", "gradient_accumulation_steps", "gradient_accumulation_steps", "gradient_accumulation_steps"}},
      {"max_grad_norm", {"arXiv:1211.5063", "max_grad_norm", "max_grad_norm", "clip_grad_norm"}},
      {"weight_decay", {"arXiv:1711.05101", "adam_weight_decay", "weight_decay in optimizer_args",
                        "optimizer.weight_decay"}},
      {"prior_weight", {"arXiv:2208.12242, eq. 2", "prior_loss_weight", "prior_loss_weight",
                        "loss_weight of a concept"}},
      {"prior_count", {"arXiv:2208.12242", "num_class_images", "–", "–"}},
      {"precision", {"–", "mixed_precision", "mixed_precision", "train_dtype"}},
      {"resolution", {"–", "resolution", "resolution", "resolution"}},
      {"flip", {"–", "random_flip*", "flip_aug in the dataset", "image.enable_random_flip of a concept"}},
      {"checkpoint_every", {"–", "checkpointing_steps", "save_every_n_steps", "backup_after"}},
      {"keep_checkpoints", {"–", "checkpoints_total_limit", "save_last_n_steps", "rolling_backup_count"}},
      {"validate_every", {"–", "–", "validate_every_n_steps", "validate_after"}},
      {"preview_every", {"–", "validation_steps", "sample_every_n_steps", "sample_after"}},
      {"preview_prompts", {"–", "validation_prompt", "sample_prompts", "samples"}},
  };
  return names;
}

const std::map<std::string, Elsewhere>& methodNames() {
  static const std::map<std::string, Elsewhere> names{
      {"loss", {"arXiv:2403.16728 (huber)", "–", "loss_type", "mse_strength, huber_strength"}},
      {"huber_schedule", {"arXiv:2403.16728", "–", "huber_schedule", "–"}},
      {"huber_c", {"arXiv:2403.16728", "–", "huber_c", "huber_delta"}},
      {"snr_gamma",
       {"arXiv:2303.09556", "snr_gamma*", "min_snr_gamma", "loss_weight_fn MIN_SNR_GAMMA, loss_weight_strength"}},
      {"debiased_estimation",
       {"arXiv:2310.08442", "–", "debiased_estimation_loss", "loss_weight_fn DEBIASED_ESTIMATION"}},
      {"noise_offset", {"Guttenberg 2023", "offset_noise (0.1); noise_offset*", "noise_offset", "offset_noise_weight"}},
      {"pyramid_noise_levels", {"Whitaker 2023", "–", "multires_noise_iterations", "–"}},
      {"pyramid_noise_discount", {"Whitaker 2023", "–", "multires_noise_discount", "–"}},
      {"input_perturbation",
       {"arXiv:2301.11706", "input_perturbation*", "ip_noise_gamma", "perturbation_noise_weight"}},
      {"timestep_sampling",
       {"arXiv:2403.03206 (logit-normal), arXiv:2107.00630 (stratified)", "weighting_scheme (SD 3)",
        "timestep_sampling, weighting_scheme (SD 3)", "timestep_distribution"}},
      {"timestep_min", {"–", "timestep_bias_begin*", "min_timestep", "min_noising_strength (a share)"}},
      {"timestep_max", {"–", "timestep_bias_end*", "max_timestep", "max_noising_strength (a share)"}},
      {"timestep_logit_mean", {"arXiv:2403.03206", "logit_mean (SD 3)", "logit_mean (SD 3)", "noising_bias"}},
      {"timestep_logit_std", {"arXiv:2403.03206", "logit_std (SD 3)", "logit_std (SD 3)", "noising_weight"}},
      {"caption_dropout",
       {"arXiv:2207.12598", "proportion_empty_prompts*", "caption_dropout_rate in the dataset",
        "text_encoder.dropout_probability"}},
      {"lr_cycles", {"arXiv:1608.03983", "lr_num_cycles", "lr_scheduler_num_cycles", "learning_rate_cycles"}},
      {"lr_power", {"–", "lr_power", "lr_scheduler_power", "–"}},
      {"optimizer",
       {"arXiv:1711.05101 (adamw, sgd), 2110.02861 (adamw8bit), 2302.06675 (lion), 1804.04235 (adafactor), 2306.06101 "
        "(prodigy)",
        "optimizer; use_8bit_adam", "optimizer_type", "optimizer.optimizer"}},
      {"beta1", {"arXiv:1412.6980", "adam_beta1", "betas, momentum in optimizer_args", "optimizer.beta1"}},
      {"beta2", {"arXiv:1412.6980", "adam_beta2", "betas in optimizer_args", "optimizer.beta2"}},
      {"adafactor_relative_step",
       {"arXiv:1804.04235", "–", "relative_step in optimizer_args", "optimizer.relative_step"}},
      {"prodigy_d_coef", {"arXiv:2306.06101", "–", "d_coef in optimizer_args", "optimizer.d_coef"}},
      {"prodigy_bias_correction",
       {"arXiv:2306.06101", "prodigy_use_bias_correction", "use_bias_correction in optimizer_args",
        "optimizer.use_bias_correction"}},
      {"prodigy_safeguard_warmup",
       {"prodigyopt", "prodigy_safeguard_warmup", "safeguard_warmup in optimizer_args", "optimizer.safeguard_warmup"}},
      {"ema_decay", {"Polyak and Juditsky 1992", "use_ema* (0.9999)", "–", "ema, ema_decay"}},
      {"ema_warmup", {"diffusers' EMAModel", "use_ema_warmup of EMAModel", "–", "–"}},
      {"ema_inv_gamma", {"diffusers' EMAModel", "inv_gamma of EMAModel", "–", "–"}},
      {"ema_power", {"diffusers' EMAModel", "power of EMAModel", "–", "–"}},
      {"gradient_checkpointing",
       {"arXiv:1604.06174", "gradient_checkpointing", "gradient_checkpointing", "gradient_checkpointing"}},
  };
  return names;
}

const std::map<std::string, Elsewhere>& loraNames() {
  static const std::map<std::string, Elsewhere> names{
      {"method", {"arXiv:2106.09685 (lora), 2208.01618 (textual-inversion)", "the script", "the script", "training_method"}},
      {"train_blocks", {"–", "–", "–", "layer_filter"}},
      {"lora_rank", {"arXiv:2106.09685", "rank", "network_dim", "lora_rank"}},
      {"lora_alpha", {"arXiv:2106.09685", "the rank", "network_alpha", "lora_alpha"}},
      {"lora_scaling", {"arXiv:2312.03732 (root)", "–", "–", "–"}},
      {"lora_dropout", {"PEFT", "lora_dropout", "–", "dropout_probability"}},
      {"lora_targets", {"–", "–", "–", "layer_filter"}},
      {"lora_conv_rank", {"LoCon", "–", "conv_dim in network_args", "–"}},
      {"lora_conv_alpha", {"LoCon", "–", "conv_alpha in network_args", "–"}},
      {"lora_dora", {"arXiv:2402.09353", "use_dora", "–", "lora_decompose"}},
      {"lora_plus_ratio", {"arXiv:2402.12354", "–", "loraplus_lr_ratio in network_args", "–"}},
  };
  return names;
}

const std::map<std::string, Elsewhere>& precisionNames() {
  static const std::map<std::string, Elsewhere> names{
      {"frozen_dtype", {"–", "what mixed_precision says", "full_bf16, full_fp16, fp8_base", "unet.weight_dtype"}},
      {"weights_dtype", {"arXiv:2010.06192", "–", "full_bf16", "output_dtype, optimizer.stochastic_rounding"}},
      {"early_stop", {"Prechelt 1998", "–", "–", "–"}},
      {"lora_block_ranks", {"LyCORIS", "rank_pattern of PEFT", "block_dims in network_args", "–"}},
      {"block_learning_rates", {"–", "–", "block_lr; down_lr_weight, … in network_args", "–"}},
  };
  return names;
}

// diffusers: textual_inversion.py, with a star train_dreambooth_lora_sdxl_advanced.py; sd-scripts:
// train_textual_inversion.py.
const std::map<std::string, Elsewhere>& tokenNames() {
  static const std::map<std::string, Elsewhere> names{
      {"token_vectors",
       {"arXiv:2208.01618", "num_vectors (1), num_new_tokens_per_abstraction* (2)", "num_vectors_per_token (1)",
        "embedding.token_count (1)"}},
      {"token_init",
       {"arXiv:2208.01618", "initializer_token, initializer_concept*", "init_word", "embedding.initial_embedding_text"}},
      {"token_learning_rate",
       {"arXiv:2208.01618", "learning_rate (1e-4), text_encoder_lr* (5e-6)", "learning_rate", "embedding_learning_rate"}},
      {"token_weight_decay",
       {"diffusers", "adam_weight_decay (1e-2), adam_weight_decay_text_encoder* (1e-3)",
        "weight_decay in optimizer_args", "optimizer.weight_decay"}},
      {"token_retract", {"diffusers", "always*", "–", "preserve_embedding_norm"}},
  };
  return names;
}

const std::map<std::string, Elsewhere>& captionNames() {
  static const std::map<std::string, Elsewhere> names{
      {"caption_mode", {"–", "caption_column", "caption_extension", "text.prompt_source of a concept"}},
      {"caption_shuffle", {"–", "–", "shuffle_caption", "text.enable_tag_shuffling of a concept"}},
      {"caption_keep_tokens", {"–", "–", "keep_tokens", "text.keep_tags_count of a concept"}},
      {"prior_prediction", {"OneTrainer", "–", "–", "type PRIOR_PREDICTION of a concept"}},
  };
  return names;
}

const std::map<std::string, Elsewhere>& lookNames() {
  static const std::map<std::string, Elsewhere> names{
      {"aspect_buckets", {"NovelAI", "–", "enable_bucket", "aspect_ratio_bucketing"}},
      {"more_resolutions", {"–", "–", "several datasets", "resolution (a list)"}},
      {"crop_jitter", {"–", "random_crop", "random_crop", "image.enable_crop_jitter of a concept"}},
      {"colour_jitter", {"–", "–", "color_aug", "image.enable_random_brightness, … of a concept"}},
      {"jitter_looks", {"–", "–", "–", "image_variations of a concept"}},
      {"validate_on", {"–", "–", "validation_split", "validation concepts"}},
      {"masked_loss", {"–", "–", "masked_loss", "masked_training"}},
      {"unmasked_weight", {"OneTrainer", "–", "0", "unmasked_weight (0.1)"}},
      {"mask_normalize", {"OneTrainer", "–", "–", "normalize_masked_area_loss"}},
  };
  return names;
}

const std::map<std::string, Elsewhere>& scoreNames() {
  static const std::map<std::string, Elsewhere> names{
      {"preview_scores", {"–", "–", "–", "–"}},
      {"score_model", {"arXiv:2208.12242, section 4.2", "–", "–", "–"}},
      {"offload", {"–", "–", "–", "–"}},
  };
  return names;
}

Elsewhere elsewhere(const std::string& name) {
  for (const auto* names : {&generalNames(), &methodNames(), &loraNames(), &precisionNames(), &tokenNames(),
                            &captionNames(), &lookNames(), &scoreNames()}) {
    if (const auto found = names->find(name); found != names->end()) return found->second;
  }
  return {"?", "?", "?", "?"};
}

std::string code(const std::string& text) { return text.empty() ? "–" : "`" + text + "`"; }

}  // namespace

std::string optionsMarkdown() {
  std::string page =
      "# Training options\n\n"
      "Written by `likeness-cli options --markdown`. The same names work in `project.yaml`, `--config` and `--set`.\n"
      "The last three columns name the option of the same effect elsewhere: in diffusers' `train_dreambooth*.py` (with a\n"
      "star in `train_text_to_image*.py`), sd-scripts, and OneTrainer's JSON. Their defaults differ, and\n"
      "so do the units of some.\n\n"
      "| option | default | unit | what it does | source | diffusers | sd-scripts | OneTrainer |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const auto& option : trainOptions()) {
    const auto names = elsewhere(option.name);
    page += "| " + code(option.name) + " | " + code(option.get({})) + " | " + (option.unit.empty() ? "–"
                                                                               : option.unit) +
            " | " + option.summary + " | " + names.source + " | " + names.diffusers + " | " + names.sdScripts + " | " +
            names.oneTrainer + " |\n";
  }
  return page;
}

}  // namespace likeness
