"""One run, from the settings to the saved model."""

import torch
from transformers import PrinterCallback, set_seed

from .callbacks import Interruption, Reporter
from .chat_template import check_chat_template
from .checks import ImageChecks
from .config import make_config, make_lora, method_module
from .events import emit
from .finite import FiniteCheck
from .hub import PushReport, make_repository, push
from .lost_ranks import LostRanks
from .model import load_model, load_processor, stop_tower_gradients
from .own_time import OwnTime
from .resume import AlreadyDone, GivenLearningRate, LastStep, find_checkpoint
from .rows import read_rows
from .samples import Samples
from .settings import Settings


def train(settings: Settings) -> int:
    """Trains and returns the exit status: 0, or 128 and the signal that stopped it."""
    own_time = OwnTime()
    samples = Samples(settings.samples)
    interruption = Interruption(own_time)
    interruption.listen()
    # Before the model: DeepSpeed decides at loading where its parts go.
    config = make_config(settings)
    make_repository(config)
    checkpoint = find_checkpoint(settings)
    processor = load_processor(settings)
    rows = read_rows(settings.rows, processor)
    check_chat_template(processor, rows[0])
    held_out = None if settings.held_out_rows is None else read_rows(settings.held_out_rows, processor)
    # A new adapter's weights are drawn before Trainer seeds.
    set_seed(config.seed)
    trainer = method_module(settings).make_trainer(
        settings,
        samples,
        own_time,
        model=load_model(settings, config.model_init_kwargs, checkpoint),
        args=config,
        train_dataset=rows,
        eval_dataset=held_out,
        processing_class=processor,
        callbacks=[interruption, GivenLearningRate(), LastStep()],
        peft_config=make_lora(settings),
    )
    stop_tower_gradients(trainer.model)
    trainer.add_callback(Reporter(settings, trainer, samples, own_time))
    # After the reporter: the step that failed is on record.
    finite = FiniteCheck(trainer, settings.checkpoints)
    trainer.add_callback(finite)
    lost_ranks = LostRanks()
    trainer.add_callback(lost_ranks)
    if settings.checks.get("images"):
        trainer.add_callback(ImageChecks(trainer))
    if config.push_to_hub:
        trainer.add_callback(PushReport(trainer))
    # It prints every log; the events say the same.
    trainer.remove_callback(PrinterCallback)
    try:
        trainer.train(resume_from_checkpoint=None if checkpoint is None else str(checkpoint))
    except AlreadyDone:
        # Trackers and the like are told, as behind a last step.
        trainer.callback_handler.on_train_end(config, trainer.state, trainer.control)
    except RuntimeError as error:
        if (stop := finite.while_generating(error)) is None:
            raise
        raise stop from error
    finally:
        lost_ranks.stop()
    step = trainer.state.global_step
    status = 0
    if interruption.signal:
        emit("interrupted", step=step, signal=interruption.signal, path=settings.checkpoints / f"checkpoint-{step}")
        status = 128 + interruption.signal
    else:
        final = settings.run / "model"
        # Saved and said before it is pushed: save_model alone would push it too, and what the hub refuses then hides that
        # it is there.
        trainer.save_model(str(final), _internal_call=True)
        emit("done", step=step, path=final)
        push(trainer, final)
    if torch.distributed.is_initialized():
        torch.distributed.destroy_process_group()
    return status
